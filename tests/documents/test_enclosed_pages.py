"""Pages of enclosed files on Letter paper: every size, turn and offset upright, whole, and below the stamp."""

from __future__ import annotations

import io
import subprocess

import numpy as np
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from PIL import Image

from referral_app.documents import enclosed_pages, enclosing
from referral_app.documents.enclosed_pages import ROOM
from referral_app.documents.enclosing import Bundle, Enclosed

SIDES = st.floats(3, 14_400)
STARTS = st.floats(-10_000, 10_000)


def file(
    media: tuple[float, ...] = (0, 0, 612, 792), crop: tuple[float, ...] = (), turned: object = None
) -> bytes:
    """Return a PDF of one page: gray, its lower left corner red and its upper right corner blue as it is made."""
    made = pikepdf.new()
    x0, y0, x1, y1 = crop or media
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    w, h = (x1 - x0) / 4, (y1 - y0) / 4
    code = (
        f"0.8 g {x0} {y0} {x1 - x0} {y1 - y0} re f 1 0 0 rg {x0} {y0} {w} {h} re f "
        f"0 0 1 rg {x1 - w} {y1 - h} {w} {h} re f"
    )
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array(list(media)),
        Resources=Dictionary(),
        Contents=made.make_stream(code.encode()),
    )
    if crop:
        page.CropBox = Array(list(crop))
    if turned is not None:
        page.Rotate = turned
    made.pages.append(pikepdf.Page(made.make_indirect(page)))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sheet(content: bytes) -> Image.Image:
    """Return the one page of a set with this file, in colors, a point to a dot."""
    pdf = enclosing.render(
        Bundle("Set", "Nora Fielding", "born March 27, 1980", "ABCD", [Enclosed("Scan", "", content)])
    )
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert [float(edge) for edge in opened.pages[0].mediabox] == [0, 0, 612, 792]
    made = subprocess.run(["pdftoppm", "-r", "72", "-"], input=pdf, capture_output=True, check=True).stdout
    return Image.open(io.BytesIO(made)).convert("RGB")


def middle(picture: Image.Image, color: tuple[int, int, int]) -> tuple[float, float]:
    """Return where the middle of a color is, as shares of the room from its upper left corner."""
    dots = np.asarray(picture).astype(int)
    down, right = np.nonzero((abs(dots - np.array(color)) < 40).all(axis=2))
    assert len(down), color
    return right.mean() / picture.width, down.mean() / picture.height


@given(SIDES, SIDES, STARTS, STARTS, st.sampled_from([0, 90, 180, 270]))
def test_every_page_lies_whole_in_the_room_and_fills_one_of_its_sides(
    wide: float, high: float, left: float, low: float, turned: int
) -> None:
    box = (left, low, left + wide, low + high)
    (a, b, c, d, e, f), placed = enclosed_pages.placement(box, turned)
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    for at, edges in ((0, (placed[0], placed[2])), (1, (placed[1], placed[3]))):
        found = sorted({round(corner[at], 1) for corner in corners})
        assert found[0] == pytest.approx(edges[0], abs=1)
        assert found[-1] == pytest.approx(edges[1], abs=1)
    assert placed[0] >= ROOM[0] - 0.01
    assert placed[1] >= ROOM[1] - 0.01
    assert placed[2] <= ROOM[2] + 0.01
    assert placed[3] == ROOM[3]
    full = placed[2] - placed[0] >= ROOM[2] - ROOM[0] - 0.1, placed[3] - placed[1] >= ROOM[3] - ROOM[1] - 0.1
    assert any(full)


RED, BLUE = (255, 0, 0), (0, 0, 255)


@pytest.mark.parametrize(
    ("content", "red", "blue"),
    [
        (file(), "lower left", "upper right"),
        (file((0, 0, 595, 842)), "lower left", "upper right"),
        (file((-300, -400, 312, 392)), "lower left", "upper right"),
        (file((612, 792, 0, 0)), "lower left", "upper right"),
        (file((0, 0, 14400, 14400)), "lower left", "upper right"),
        (file((0, 0, 3, 4)), "lower left", "upper right"),
        (file((0, 0, 1000, 1000), (600, 500, 900, 900)), "lower left", "upper right"),
        (file((0, 0, 612, 792), (-50, -50, 700, 900)), "lower left", "upper right"),
        (file(turned=180), "upper right", "lower left"),
        (file((0, 0, 792, 612), turned=90), "upper left", "lower right"),
        (file((0, 0, 792, 612), turned=-90), "lower right", "upper left"),
        (file((0, 0, 792, 612), turned=450), "upper left", "lower right"),
        (file((0, 0, 842, 595)), "lower right", "upper left"),
        (file(turned=90), "lower left", "upper right"),
        (file(turned="x"), "lower left", "upper right"),
        (file((-800, -300, -100, 200), turned=270), "lower right", "upper left"),
    ],
)  # fmt: skip
def test_a_page_is_seen_whole_and_upright_with_its_turn(content: bytes, red: str, blue: str) -> None:
    """A page on its side is turned to the left once more; a turned portrait page, which then lies, too."""
    picture = sheet(content)
    for color, place in ((RED, red), (BLUE, blue)):
        x, y = middle(picture, color)
        assert ("upper" if y < 0.5 else "lower", "left" if x < 0.5 else "right") == tuple(place.split()), (
            x,
            y,
        )


def test_nothing_of_a_page_lies_under_the_stamp() -> None:
    picture = sheet(file())
    for room in ((0, 0, 30, 33), (450, 0, 612, 33), (30, 0, 450, 12)):
        assert picture.crop(room).getcolors() == [
            ((room[2] - room[0]) * (room[3] - room[1]), (255, 255, 255))
        ]
    assert np.asarray(picture.crop((30, 0, 450, 33)).convert("L")).min() < 90


def test_marks_of_a_tree_that_is_left_behind_are_left_behind_too() -> None:
    made = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    code = b"/P <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td (said BDC) Tj ET EMC /Artifact BMC 0 0 9 9 re f EMC"
    page = Dictionary(
        Type=Name.Page, MediaBox=Array([0, 0, 612, 792]), Contents=made.make_stream(code),
        Resources=Dictionary(Font=Dictionary(F1=font)),
    )  # fmt: skip
    made.pages.append(pikepdf.Page(made.make_indirect(page)))
    drawn = enclosed_pages.drawing(made, made.pages[0])
    content = drawn.form.read_bytes()
    assert b"MCID" not in content
    assert b"BMC" not in content
    assert b"(said BDC) Tj" in content
    assert not drawn.is_scanned
