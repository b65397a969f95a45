"""The sheet with the recovery key: the key to read and to scan, what it is, and how it is used."""

from __future__ import annotations

from datetime import date

from reportlab.platypus import Flowable

from referral_app import crockford
from referral_app.clinical import dates
from referral_app.documents import codes, fonts, layout, symbols, tables, text
from referral_app.documents.layout import Page, Styles

TITLE = "Recovery key"
COMMAND = "referral-app data restore FILE --recovery-key-file KEYFILE"
_GROUP, _IN_A_LINE = 4, 4
_CODE = 2.1 * layout.INCH

_WHAT = (
    "This key opens the store of patients and referrals when no passphrase is left: when this computer is "
    "broken, stolen or replaced, or when everyone has forgotten. Without it and without a passphrase nobody can "
    "read the data again, the makers of the program included."
)
_KEEP = (
    "Keep it in a locked place away from this computer, such as a safe or a bank box.",
    "Never keep it with a backup: whoever holds both can read everything.",
    "Do not photograph, e-mail, fax or store it in a file. It is not for patients, and nobody calls to ask for it.",
    "If it may have been seen by others, make a new one at once, in Settings. Backups made before that may still open "
    "with this sheet.",
)
_USE = (
    "To bring a backup back: choose Restore, then the backup, and say that you have the recovery key. Type it, or let "
    "a scanner read the code. Small letters and missing hyphens are fine, O is read as 0, I and L as 1.",
    "When all administrators are locked out: choose “Use the recovery key” where you log in.",
    "Without a window: type the key into an empty text file and run the command below. Destroy the file afterward.",
)
_NOTHING_LOST = "A restore deletes nothing. The store that was there before is moved aside whole."
_CHECKED = ("Kept where", "Checked by", "Checked on")


def render(key: str, office: str, made_on: date) -> bytes:
    """Return the sheet as a PDF of one page; the same key, office and day give the same bytes.

    Raises `text.Unprintable` where the name of the office holds characters that no font of ours can draw.
    """
    styles = Styles(10.5, 13.5)
    page = Page(
        title=TITLE,
        person=text.join(": ", [TITLE, office]),
        foot=(f"made on {dates.say(made_on)}",),
        styles=styles,
        top=layout.INCH * 0.85,
        bottom=layout.INCH * 0.85,
        secret="secret",
    )
    return layout.build(_story(key, office, made_on, styles), page)


def grouped(key: str) -> list[str]:
    """Return the lines in which a key is printed: groups of four characters, four groups a line."""
    groups = crockford.grouped("".join(mark for mark in key if mark.isalnum()), _GROUP).split("-")
    return ["-".join(groups[at : at + _IN_A_LINE]) for at in range(0, len(groups), _IN_A_LINE)]


def _story(key: str, office: str, made_on: date, styles: Styles) -> list[Flowable]:
    return [
        layout.Heading(TITLE, styles.but("cover", styles.cover, spaceAfter=2)),
        text.paragraph(text.join(" · ", [office, f"made on {dates.say(made_on)}"]), styles.body),
        tables.space(10),
        _key(key, styles),
        *_part("What this is", [text.paragraph(_WHAT, styles.body)], styles),
        *_part("Keep it safe", _list(_KEEP, styles), styles),
        *_part("How to use it", _use(styles), styles),
        *_part("Where it is kept, and who checked it", [_kept(styles)], styles),
    ]


def _key(key: str, styles: Styles) -> Flowable:
    """Return the key in large letters beside its code."""
    large = styles.but("key", styles.body, fontName=fonts.BOLD, fontSize=21, leading=34, spaceAfter=0)
    lines: list[Flowable] = [text.paragraph(line, large) for line in grouped(key)]
    code = codes.qr("-".join(grouped(key)), _CODE)
    made = tables.Rows([[lines, code]], colWidths=[layout.WIDTH - _CODE - 8, _CODE + 8], hAlign="LEFT")
    made.setStyle([
        ("BOX", (0, 0), (-1, -1), 1.5, layout.INK),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (0, 0), 14),
        ("LEFTPADDING", (1, 0), (1, 0), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ])  # fmt: skip
    return made


def _part(title: str, body: list[Flowable], styles: Styles) -> list[Flowable]:
    return [layout.Heading(title, styles.but("black", styles.heading, textColor=layout.INK)), *body]


def _list(lines: tuple[str, ...], styles: Styles) -> list[Flowable]:
    return [symbols.Marked(line, styles.item, symbols.dot, styles.size * 1.3) for line in lines]


def _use(styles: Styles) -> list[Flowable]:
    return [
        *_list(_USE, styles),
        tables.band(COMMAND, styles.cell),
        tables.space(4),
        text.paragraph(_NOTHING_LOST, styles.body),
    ]


def _kept(styles: Styles) -> Flowable:
    """Return the box in which the office writes where the sheet lies and who looked."""
    empty = ["", "", ""]
    made = tables.Rows(
        [[text.paragraph(title, styles.head) for title in _CHECKED], empty, list(empty)],
        colWidths=[layout.WIDTH * share for share in (0.5, 0.28, 0.22)], rowHeights=[20, 26, 26], heads=1,
        hAlign="LEFT",
    )  # fmt: skip
    made.setStyle([("GRID", (0, 0), (-1, -1), 0.75, layout.INK), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    return made
