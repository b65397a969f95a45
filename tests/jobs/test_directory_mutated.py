"""Files of every kind with bytes changed at random: each is read or refused in a sentence, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referral_app.database import Database
from referral_app.jobs import directory, directory_preview, directory_reading
from referral_app.jobs.directory_reading import Plan
from referral_app.services import matching
from referral_app.services.errors import InvalidInput
from referral_app.services.surgeon_records import Query
from tests import nppes_files


@pytest.fixture
def seeds(filled: Database, tmp_path: Path) -> list[bytes]:
    """Whole files of each kind."""
    made = [tmp_path / name for name in ("a.csv", "a.xlsx", "a.directory")]
    for path in made:
        directory.export_csv(filled, path)
    month = nppes_files.write(tmp_path / "month.csv", nppes_files.mixed())
    made += [month, nppes_files.zipped(tmp_path / "month.zip", month)]
    return [path.read_bytes() for path in made]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_mutated_file_is_previewed_or_refused_in_a_sentence(
    filled: Database, seeds: list[bytes], tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(seeds[data.draw(st.integers(0, len(seeds) - 1))])
    for _ in range(data.draw(st.integers(1, 5))):
        place = int(data.draw(st.floats(0, 1)) * (len(content) - 1))
        length = data.draw(st.sampled_from([0, 1, 2, 50]))
        content[place : place + length] = data.draw(st.binary(max_size=5))
    path = tmp_path / "mutated"
    path.write_bytes(bytes(content) or b"x")
    said = ""
    try:
        looked = directory_reading.look(filled, path)
        plan = Plan(path, looked.mapping)
        directory_preview.preview(filled, plan, lambda done, of: None, lambda: False)
    except InvalidInput as refused:
        said = str(refused)
    assert "Traceback" not in said
    assert not said or said.endswith(".")
    with filled.read() as session:
        assert matching.count(session, Query()) == 13
