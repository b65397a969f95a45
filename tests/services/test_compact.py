"""Lists of a million that take little memory."""

from __future__ import annotations

import uuid

from referral_app.services.compact import Ids, Met


def test_each_text_is_met_once_as_the_list_grows() -> None:
    met = Met()
    texts = [f"text {n}" for n in range(20_000)]
    assert all(met.add(text) for text in texts)
    assert not any(met.add(text) for text in texts)
    assert all(text in met for text in texts)
    assert "another" not in met
    assert len(met) == 20_000


def test_ids_come_back_by_their_text_and_the_first_one_stays() -> None:
    ids, one, other = Ids(), str(uuid.uuid4()), str(uuid.uuid4())
    ids.add("here", one)
    ids.add("here", other)
    ids.add("there", other.replace("-", ""))
    assert ids.get("here") == one.replace("-", "")
    assert ids.get("there") == other.replace("-", "")
    assert ids.get("nowhere") is None
    many = {f"text {n}": uuid.uuid4().hex for n in range(5_000)}
    for text, identity in many.items():
        ids.add(text, identity)
    assert all(ids.get(text) == identity for text, identity in many.items())
