"""The letter of the demonstration made by others: WeasyPrint as PDF/UA, LibreOffice from the same HTML.

The HTML is our letter told again from its tags: the same headings, paragraphs, lists, tables and figures in order.
WeasyPrint runs in `.venv-peers`, which `dev.py bench documents` makes; both are warm. LibreOffice is timed as it
is called: one process for one letter, or for thirty.
"""

from __future__ import annotations

import html
import io
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import fontpkg_atkinson_hyperlegible
import pikepdf

from referral_app.documents import letter
from tests.benchmarks.figures import Figure, seconds
from tests.documents.tagged import Element, Mark, Seen, look, tree

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-peers" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
TURNS, BATCH = 7, 30
WEASY, OFFICE, OFFICE_BATCH = 10, 20, 2
"""How many times faster a letter of ours is than WeasyPrint, than LibreOffice alone, and than its batch of thirty."""

TAGS = {
    "H1": "h1", "H2": "h2", "H3": "h3", "H4": "h4", "H5": "h5", "H6": "h6", "P": "p", "L": "ul", "LI": "li",
    "Table": "table", "TR": "tr", "TH": "th", "TD": "td", "Caption": "p", "Note": "p", "Figure": "p",
}  # fmt: skip
STYLE = """
@font-face { font-family: Atkinson; src: url(FONTS/AtkinsonHyperlegible-Regular.ttf) }
@font-face { font-family: Atkinson; font-weight: bold; src: url(FONTS/AtkinsonHyperlegible-Bold.ttf) }
@page { size: letter; margin: 1in;
  @bottom-left { content: "Marisol Quintero-Vale · born June 21, 1984 · confidential"; font: 9pt Atkinson;
    border-top: 0.5pt solid #808b97 }
  @bottom-right { content: "page " counter(page) " of " counter(pages); font: 9pt Atkinson;
    border-top: 0.5pt solid #808b97 } }
body { font: 11pt/14.5pt Atkinson } p { margin: 0 0 5pt }
h1, h2 { color: #0b6470; font-size: 13pt; margin: 8pt 0 3pt; break-after: avoid }
table { width: 100%; border-collapse: collapse; margin-bottom: 6pt }
thead { display: table-header-group } tr { break-inside: avoid }
td, th { text-align: left; vertical-align: top; padding: 2pt 5pt; border-bottom: 0.5pt solid #808b97 }
th { background: #edf0f3 }
""".replace("FONTS", (fontpkg_atkinson_hyperlegible.ROOT / "files").as_uri())
"""What our letter looks like, as far as it takes work: its fonts, embedded, a foot with page numbers, rules."""

WEASYPRINT = """
import json, statistics, sys, time
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
words, turns = open(sys.argv[1], encoding="utf-8").read(), int(sys.argv[2])
fonts, took = FontConfiguration(), []
for turn in range(turns + 1):
    start = time.perf_counter()
    made = HTML(string=words).write_pdf(pdf_variant="pdf/ua-1", font_config=fonts)
    if turn:
        took.append(time.perf_counter() - start)
open(sys.argv[3], "wb").write(made)
print(json.dumps(statistics.median(took)))
"""


def others(content: letter.Letter) -> list[Figure]:
    """Return the time of our letter against each of the others, all made in this run."""
    ours = _median(lambda: letter.render(content))
    batch = seconds(lambda: [letter.render(content) for _ in range(BATCH)])
    with tempfile.TemporaryDirectory(prefix="peers-") as name:
        folder = Path(name)
        page = folder / "letter.html"
        page.write_text(as_html(letter.render(content)), encoding="utf-8")
        weasy = _weasyprint(page, folder / "weasyprint.pdf")
        pages = [_copy(page, folder / f"{number}.html") for number in range(BATCH)]
        _office(pages[:1], folder)  # its first start makes a profile
        office = _median(lambda: _office([page], folder))
        office_batch = seconds(lambda: _office(pages, folder))
    return [
        Figure("a letter", ours, "ms", "WeasyPrint, the same as PDF/UA-1", weasy * 1000, 1 / WEASY),
        Figure("a letter", ours, "ms", "LibreOffice converting one such letter", office, 1 / OFFICE),
        Figure(f"{BATCH} letters", batch * 1000, "ms", "LibreOffice converting them in one process",
               office_batch * 1000, 1 / OFFICE_BATCH),
    ]  # fmt: skip


def as_html(pdf: bytes) -> str:
    """Return a tagged document as HTML with the same elements and words."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        body = "".join(_told(tree(opened), look(opened)))
    head = f'<head><meta charset="utf-8"><title>Referral letter</title><style>{STYLE}</style></head>'
    return f'<!DOCTYPE html><html lang="en">{head}<body>{body}</body></html>'


def _told(element: Element | Mark, seen: Seen) -> Iterator[str]:
    if not isinstance(element, Element):
        yield html.escape(seen.marks.get(element, ""))
        return
    tag = TAGS.get(element.role, "")
    if tag:
        yield f"<{tag}>"
    if element.role == "Figure":
        yield html.escape(str(element.entry.get("/Alt", "")))
    elif element.role != "Lbl":
        for kid in element.kids:
            yield from _told(kid, seen)
    if tag:
        yield f"</{tag}>"


def _weasyprint(page: Path, made: Path) -> float:
    command = [PYTHON, "-c", WEASYPRINT, str(page), str(TURNS), str(made)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    with pikepdf.open(made) as opened:
        assert "/StructTreeRoot" in opened.Root, "WeasyPrint must make tags too"
    return json.loads(told.stdout)


def _office(pages: list[Path], folder: Path) -> None:
    words = [
        "soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", str(folder / "office"), *map(str, pages),
    ]  # fmt: skip
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert all((folder / "office" / f"{page.stem}.pdf").exists() for page in pages)


def _copy(page: Path, target: Path) -> Path:
    target.write_bytes(page.read_bytes())
    return target


def _median(act: Callable[[], object]) -> float:
    """Return the median milliseconds of an act after one that is not counted."""
    act()
    return statistics.median(seconds(act) for _ in range(TURNS)) * 1000
