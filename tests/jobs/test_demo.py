"""What the demonstration writes without a window."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from referral_app.database import open_database
from referral_app.jobs import demo
from referral_app.paths import Paths
from tests.documents import tagged


def test_every_paper_of_the_demonstration_is_read_as_it_is_seen(tmp_path: Path) -> None:
    with closing(open_database(Paths(tmp_path / "data"))) as db:
        papers = [path for path in demo.run(db, tmp_path / "out") if path.suffix == ".pdf"]
    assert {"letter.pdf", "packet.pdf", "response-form.pdf"} <= {path.name for path in papers}
    wrong = {path.name: tagged.problems(path.read_bytes()) for path in papers}
    assert not {name: found for name, found in wrong.items() if found}
