"""Files that somebody else wrote."""

from __future__ import annotations

import json
import random

import pytest

from referral_app.clinical.reading import DEEPEST, LARGEST, LONGEST
from referral_app.clinical.schema import read_json
from tests.clinical.intakes import full

DEEP = "This file is nested too deeply to be a referral."


def test_reads_the_example_as_text_and_as_bytes() -> None:
    text = json.dumps(full(), ensure_ascii=False)
    assert read_json(text) == full()
    assert read_json(text.encode("utf-8-sig")) == full()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[" * 100_000, DEEP),
        ('{"a":' * 100_000, DEEP),
        ("[" * 100_000 + "]" * 100_000, DEEP),
        ('{"a": 1, "a": 2}', "This file holds the same field twice; remove one of them."),
        ('{"patient": {"a": 1, "a": 1}}', "This file holds the same field twice; remove one of them."),
        ('{"a": NaN}', "This file holds NaN, which is no number."),
        ('{"a": -Infinity}', "This file holds -Infinity, which is no number."),
        ('{"a": 1e999}', "This file holds a number that is too large."),
        ('{"a": ' + "9" * 5000 + "}", "This file holds a number that is too long."),
        ('{"a": "\\ud800"}', "This file holds broken characters; write it again as UTF-8."),
        ('{"a": ["\\udc00"]}', "This file holds broken characters; write it again as UTF-8."),
        ('{"\\ud800": 1}', "This file holds broken characters; write it again as UTF-8."),
        (
            '{"a": "' + "x" * (LONGEST + 1) + '"}',
            "This file holds a text of more than 65,536 characters; shorten it.",
        ),
        ("[]", "This file holds no referral: it must be a JSON object with groups such as patient."),
        ('"text"', "This file holds no referral: it must be a JSON object with groups such as patient."),
        ("", "This file is not valid JSON; look at line 1."),
        ('{\n"a":\n}', "This file is not valid JSON; look at line 3."),
        (b"\xff\xfe{}", "This file is not text in UTF-8; save it as UTF-8 and try again."),
        (b" " * (LARGEST + 1), "This file is too large to be a referral (more than 5 MB)."),
        ("%PDF-1.7", "This file is not valid JSON; look at line 1."),
    ],
    ids=range(20),
)
def test_refuses_in_one_sentence(content: str | bytes, sentence: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole sentence is compared
        read_json(content)
    assert str(refused.value) == sentence


def test_takes_the_deepest_and_the_longest_that_are_allowed() -> None:
    inner = "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)
    assert read_json('{"a": ' + inner + "}")
    assert read_json('{"a": "' + "x" * LONGEST + '"}')
    assert read_json('{"a": "[[[[' + "[" * 100 + '"}')


@pytest.mark.parametrize(
    "content", ['"' + '\\"' * 2_000_000, '{"a": "' + "\\\\" * 2_000_000, '"' * 4_000_000]
)
def test_a_long_broken_file_is_refused_in_one_pass(content: str) -> None:
    with pytest.raises(ValueError, match="not valid JSON"):
        read_json(content)


def test_five_thousand_broken_files_are_refused_or_read() -> None:
    chance, content = random.Random(7), json.dumps(full()).encode()
    for _ in range(5000):
        broken = bytearray(content)
        for _ in range(chance.randint(1, 5)):
            place = chance.randrange(len(broken))
            broken[place : place + chance.randint(0, 3)] = bytes(
                chance.randrange(256) for _ in range(chance.randint(0, 3))
            )
        try:
            assert isinstance(read_json(bytes(broken)), dict)
        except ValueError as refused:
            assert "\n" not in str(refused)  # noqa: PT017
