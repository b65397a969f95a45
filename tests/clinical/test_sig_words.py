"""Directions of a prescription are written out, and nothing else in them changes."""

from __future__ import annotations

import pytest

from referral_app.clinical import sig_words


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("1 tab PO BID PRN", "1 tablet by mouth twice a day as needed"),
        ("qd", "once a day"), ("QHS", "at bedtime"), ("q4-6h prn", "every 4-6 hours as needed"),
        ("q 12 weeks", "every 12 weeks"), ("2 gtts OU", "2 drops OU"), ("1 gtt OD qd", "1 drop OD once a day"),
        ("take when patient has HA", "take when patient has headache"), ("inject 1 mL SQ qmonth",
         "inject 1 mL under the skin once a month"), ("b.i.d.", "twice a day"), ("with food", "with food"),
        ("rapid", "rapid"), ("30 mg/mL", "30 mg/mL"), ("مرتين", "مرتين"),
    ],
)  # fmt: skip
def test_abbreviations_are_written_out(written: str, plain: str) -> None:
    assert sig_words.plain(written) == plain
