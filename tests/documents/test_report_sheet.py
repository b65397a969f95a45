"""Reports on paper: every figure is there, each picture has its words, long pictures go on, and it is tagged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from referral_app.choices import RequestStatus
from referral_app.documents import report_sheet
from referral_app.documents.report_sheet import Sheet
from referral_app.services import report_words
from referral_app.services.report_records import Change, Counted, Gaps, Report, Span, Wait, Wanted
from referral_app.services.reports import KINDS
from tests.documents import paper, tagged

DAY = date(2026, 11, 23)
ABOUT = Wanted(date(2026, 1, 1), date(2026, 6, 30)).words
COUNTED = Counted(
    120, (*(Span(100 - n, n, 0, 2 * n) for n in range(1, 9)), Span(3, 9, 9, 9)), (100, 80, 60, 50, 40, 30),
    {RequestStatus.SENT: 20, RequestStatus.ACCEPTED: 7, RequestStatus.DECLINED: 13, RequestStatus.COMPLETED: 40},
    ((RequestStatus.DECLINED, "Plan not taken", 8), (RequestStatus.DECLINED, "", 5)),
)  # fmt: skip
WAITS = [Wait(f"Invented{n:02} Surgeon, MD", Span(5 + n, 20 + n, 10, 60), DAY, DAY) for n in range(30)]
PARTS = {
    "steps": report_words.steps(COUNTED),
    "completion": report_words.completion(COUNTED),
    "waits": report_words.waits(WAITS, [Wait("Invented00 Surgeon, MD", Span(2, 4, 4, 4), DAY, DAY)]),
    "missing": report_words.gaps(Gaps(90, 30, (("imaging", 12, 3), ("exam", 4, 0)))),
    "index": report_words.change(Change(30, 120.5, 60.0, -48.5, 12)),
}
REPORTS = tuple(Report(key, kind.title, ABOUT, PARTS[key], kind.note) for key, kind in KINDS.items())
SHEET = Sheet(REPORTS, "Invented Headache Center", DAY)


def test_every_cell_of_every_table_is_printed() -> None:
    said = " ".join(" ".join(tagged.texts(report_sheet.render(SHEET))).split())
    for report in REPORTS:
        assert report.title in said
        for part in report.parts:
            for row in part.rows:
                for cell in filter(None, row):
                    assert cell in said, cell


def test_it_is_a_tagged_document_without_faults() -> None:
    assert tagged.problems(report_sheet.render(SHEET)) == []


def test_a_picture_has_the_words_of_its_bars_in_its_place() -> None:
    content = report_sheet.render(SHEET)
    assert tagged.problems(content) == []
    plot = PARTS["index"][0].plot
    assert plot is not None
    assert (
        plot.alternative == "Median of the headache index, n = 30. First reading: 120.5; Latest reading: 60."
    )


def test_the_same_reports_give_the_same_bytes() -> None:
    assert report_sheet.render(SHEET) == report_sheet.render(SHEET)


def test_a_report_with_nothing_in_it_says_so() -> None:
    nothing = report_words.waits([], [])
    sheet = replace(SHEET, reports=(Report("waits", "Waits for each surgeon", ABOUT, nothing),))
    content = report_sheet.render(sheet)
    assert report_sheet.NOTHING in " ".join(tagged.texts(content))
    assert tagged.problems(content) == []


def test_a_reason_that_no_font_can_draw_is_named_in_its_place_and_holds_up_no_report() -> None:
    odd = replace(COUNTED, reasons=((RequestStatus.DECLINED, "\U0001f600", 8),))
    sheet = replace(SHEET, reports=(Report("completion", "Completed", ABOUT, report_words.completion(odd)),))
    content = report_sheet.render(sheet)
    assert "[grinning face]" in " ".join(" ".join(tagged.texts(content)).split())
    assert tagged.problems(content) == []


def test_a_reason_of_any_length_and_with_markup_stands_whole_in_the_table() -> None:
    long = "Wants <b>another</b> letter & more " * 12
    odd = replace(COUNTED, reasons=((RequestStatus.DECLINED, long.strip(), 8),))
    sheet = replace(SHEET, reports=(Report("completion", "Completed", ABOUT, report_words.completion(odd)),))
    content = report_sheet.render(sheet)
    assert long.strip() in " ".join(" ".join(tagged.texts(content)).split())
    assert tagged.problems(content) == []


def test_no_word_of_a_head_is_broken_and_each_short_table_stands_on_the_page_of_its_heading() -> None:
    content = report_sheet.render(SHEET)
    pages = [paper.text(content, number + 1) for number in range(paper.pages(content))]
    for report in REPORTS:
        for part in report.parts:
            if not part.rows or len(part.rows) > 14:
                continue
            (page,) = {page for page in pages if all(word in page for row in part.rows for word in row)}
            assert report.parts[0] is not part or report.title in page
            assert all(word in page.split() for head in part.heads for word in head.split())


def test_the_headings_of_a_long_part_stand_on_the_page_of_its_first_picture() -> None:
    content = report_sheet.render(SHEET)
    pages = [" ".join(paper.text(content, number + 1).split()) for number in range(paper.pages(content))]
    (page,) = [one for one in pages if "Waits for each surgeon" in one]
    assert "Wait to the consultation, days from sending" in page
    assert "Invented00 Surgeon, MD 20 (10 to 60), n = 5" in page


def test_no_page_begins_or_ends_with_one_row_of_a_table_alone() -> None:
    for rows in range(15, 70):
        waits = [Wait(f"Row{n:02} Surgeon, MD", Span(5 + n, 20 + n, 10, 60), DAY, DAY) for n in range(rows)]
        part = replace(report_words.waits(waits, [])[0], plot=None)
        content = report_sheet.render(Sheet((Report("waits", "Waits", ABOUT, (part,)),), "", DAY))
        found = [
            paper.text(content, number + 1).count("Surgeon, MD") for number in range(paper.pages(content))
        ]
        assert sum(found) == rows
        assert 1 not in found, (rows, found)
