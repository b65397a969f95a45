"""Every kind of document is read aloud as it is seen."""

from __future__ import annotations

import subprocess

import pytest

from tests.documents import kinds, paper, tagged


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_a_document_of_each_kind_is_tagged_whole(kind: str) -> None:
    assert tagged.problems(kinds.KINDS[kind]()) == []


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_another_reader_finds_the_same_text_in_the_tags(kind: str) -> None:
    pdf = kinds.KINDS[kind]()
    assert squeezed(struct_text(pdf)) == squeezed(tagged.texts(pdf)[0])
    said = squeezed(paper.text(pdf))
    assert all(squeezed(words) in said for words in tagged.texts(pdf, "H1"))


def struct_text(pdf: bytes) -> str:
    """Return the text of the elements as poppler reads them."""
    read = subprocess.run(
        ["pdfinfo", "-struct-text", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    lines = [line.strip() for line in read.splitlines()]
    return "".join(line[1:-1] for line in lines if line.startswith('"') and line.endswith('"'))


def squeezed(words: str) -> str:
    return "".join(words.split())
