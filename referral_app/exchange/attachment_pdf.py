"""A PDF that somebody else made, taken apart: what is seen of it is kept, everything that acts or hides is left behind.

A new PDF is made of its pages. Fields of forms and notes are drawn into the pages first, since their words may matter.
Nothing of the catalog comes along (scripts, actions at opening, embedded files, forms, names, layers, metadata), of
each page only what draws it, and of what draws it no key of `DROPPED`.
"""

from __future__ import annotations

import io
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from referral_app.exchange.attachments import MOST_PAGES, MOST_PIXELS, REPAIRED, Cleaned, Refused, Why

if TYPE_CHECKING:
    from pikepdf import Pdf

MOST_UNPACKED = 300_000_000
"""Bytes of all streams of a file together, pictures in JPEG and the like not counted."""
MOST_OBJECTS = 300_000
PAGE_KEYS = {
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Contents", "/Resources", "/Group",
}  # fmt: skip
RESOURCE_KEYS = {"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/ProcSet"}
"""/Properties is not among them: it would tie words to layers that are gone."""
NAMED_KEYS = {"/CharProcs", "/Colorants"}
"""Dictionaries whose keys are free names, so that none of them is an action."""
DROPPED = {
    "/A", "/AA", "/AF", "/AcroForm", "/Alternates", "/Annots", "/Collection", "/Dests", "/EF", "/EmbeddedFiles", "/JS",
    "/JavaScript", "/LastModified", "/Launch", "/Measure", "/Metadata", "/Names", "/OC", "/OCProperties", "/OPI",
    "/OpenAction", "/Outlines", "/PA", "/PS", "/PieceInfo", "/PtData", "/Ref", "/StructParent", "/StructParents",
    "/Subtype2", "/URI", "/XFA",
}  # fmt: skip
"""Keys of PDF 32000-1 that act, lead out of the file, carry something unseen, or depend on who looks."""
OUTSIDE = {"/F", "/FFilter", "/FDecodeParms"}
"""Keys of a stream whose bytes lie in another file."""
PICTURES = {"/DCTDecode", "/DCT", "/JPXDecode"}
OPAQUE = PICTURES | {"/JBIG2Decode", "/CCITTFaxDecode", "/CCF", "/Crypt"}
"""Filters of pictures, which are not unpacked here."""


def clean(data: bytes) -> Cleaned:
    """Return a PDF of the pages alone, looked through twice; raises Refused."""
    import pikepdf
    from pikepdf import settings

    settings.set_qpdf_limits(
        flate_max_memory=MOST_UNPACKED, run_length_max_memory=MOST_UNPACKED, png_max_memory=MOST_UNPACKED,
        tiff_max_memory=MOST_UNPACKED, doc_max_warnings=5000, parser_max_container_size=2_000_000,
    )  # fmt: skip
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as given:
            return _cleaned(given)
    except pikepdf.PasswordError as error:
        raise Refused(Why.PASSWORD) from error


def _cleaned(given: Pdf) -> Cleaned:
    import pikepdf

    if not 0 < len(given.pages) <= MOST_PAGES:
        raise Refused(Why.PAGES if len(given.pages) else Why.DAMAGED)
    damaged = any("damaged" in one or "reconstruct" in one for one in map(str, given.get_warnings()))
    _refuse_forms(given)
    _refuse_layers(given)
    _draw_annotations(given)
    bare, out = pikepdf.new(), io.BytesIO()
    bare.pages.extend(given.pages)
    for page in bare.pages:
        _keep_what_draws(page.obj)
    for holder, key in _acting(bare):
        del holder[key]
    whole = [_unpacked(one) for one in _streams(bare)]
    if sum(size for size, _ in whole) > MOST_UNPACKED:
        raise Refused(Why.UNPACKED)
    damaged = damaged or any(broken for _, broken in whole)
    bare.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    _verify(out.getvalue(), len(bare.pages))
    return Cleaned(out.getvalue(), len(bare.pages), (REPAIRED,) if damaged else ())


def _refuse_forms(given: Pdf) -> None:
    """Refuse a form whose pages are made by its program (XFA): what stands in the PDF is a request to wait."""
    form: Any = given.Root.get("/AcroForm")
    if given.Root.get("/NeedsRendering") or (form is not None and "/XFA" in form and not form.get("/Fields")):
        raise Refused(Why.FORM)


def _refuse_layers(given: Pdf) -> None:
    """Refuse layers of which any is hidden, on screen or on paper; all others are shown from now on."""
    layers: Any = given.Root.get("/OCProperties")
    if layers is None:
        return
    chosen: Any = layers.get("/D", {})
    if chosen.get("/OFF") or str(chosen.get("/BaseState", "/ON")) != "/ON":
        raise Refused(Why.LAYERS)
    for group in layers.get("/OCGs", ()):
        usage: Any = group.get("/Usage", {})
        states = [str(value) for part in ("/Print", "/View") for value in dict(usage.get(part, {})).values()]
        if "/OFF" in states:
            raise Refused(Why.LAYERS)
    _refuse_reversed_layers(given)


def _refuse_reversed_layers(given: Pdf) -> None:
    """Refuse what is seen only while a layer is hidden."""
    from pikepdf import Dictionary

    for one in given.objects:
        if not isinstance(one, Dictionary) or str(one.get("/Type", "")) != "/OCMD":
            continue
        if "/VE" in one or str(one.get("/P", "/AnyOn")) not in ("/AnyOn", "/AllOn"):
            raise Refused(Why.LAYERS)


def _draw_annotations(given: Pdf) -> None:
    """Draw the fields of forms, and notes that are seen, into the pages: their words would be lost else."""
    form: Any = given.Root.get("/AcroForm")
    if form is not None and form.get("/NeedAppearances"):
        given.generate_appearance_streams()
    given.flatten_annotations("all")


def _keep_what_draws(page: Any) -> None:
    for key in set(page.keys()) - PAGE_KEYS:
        del page[key]
    if not _is_box(page.get("/MediaBox")):
        page["/MediaBox"] = [0, 0, 612, 792]
    if "/CropBox" in page and not _is_box(page["/CropBox"]):
        del page["/CropBox"]


def _is_box(box: Any) -> bool:
    """Tell whether a box is a paper that can be: from 3 points to 14,400 (PDF 32000-1, annex C)."""
    try:
        left, low, right, high = (float(number) for number in box)
    except (TypeError, ValueError):
        return False
    return all(3 <= abs(side) <= 14_400 for side in (right - left, high - low))


def _acting(pdf: Pdf) -> Generator[tuple[Any, str]]:
    """Yield every dictionary with each key that must not be there; it may be deleted meanwhile."""
    for one, kind in _reached(pdf):
        held = one.stream_dict if kind == "stream" else one
        for key in set(held.keys()):
            if kind == "resources":
                wrong = key not in RESOURCE_KEYS
            elif kind == "names":
                wrong = _is_postscript(held[key])
            else:
                wrong = key in DROPPED or (kind == "stream" and key in OUTSIDE)
            if wrong:
                yield one, key


def _is_postscript(one: Any) -> bool:
    from pikepdf import Stream

    return isinstance(one, Stream) and str(one.stream_dict.get("/Subtype", "")) == "/PS"


def _reached(pdf: Pdf) -> Generator[tuple[Any, str]]:
    """Yield each dictionary and stream that the pages reach, once for each kind as which it is used.

    No recursion: objects may lie in one another in circles, or thousands deep. What a dictionary holds is looked at
    after it was yielded.
    """
    from pikepdf import Array, Dictionary, Stream

    waiting: list[tuple[Any, str]] = [(page.obj, "plain") for page in pdf.pages]
    seen: set[tuple[tuple[int, int], str]] = set()
    count = 0
    while waiting:
        one, kind = waiting.pop()
        if one.is_indirect:
            if (one.objgen, kind) in seen:
                continue
            seen.add((one.objgen, kind))
        count += 1
        if count > MOST_OBJECTS:
            raise Refused(Why.UNPACKED)
        if isinstance(one, Array):
            waiting += [(part, kind) for part in one if isinstance(part, Array | Dictionary | Stream)]
            continue
        yield one, "stream" if isinstance(one, Stream) else kind
        held = one.stream_dict if isinstance(one, Stream) else one
        waiting += [
            (part, _kind(key, kind))
            for key, part in held.items()
            if isinstance(part, Array | Dictionary | Stream) and key != "/Parent"
        ]


def _kind(key: str, holder: str) -> str:
    """Return as what a dictionary is used: "resources", "names" (its keys are free) or "plain"."""
    if holder == "names":
        return "plain"
    if key == "/Resources":
        return "resources"
    return "names" if holder == "resources" or key in NAMED_KEYS else "plain"


def _streams(pdf: Pdf) -> Generator[Any]:
    seen: set[tuple[int, int]] = set()
    for one, kind in _reached(pdf):
        if kind == "stream" and one.objgen not in seen:
            seen.add(one.objgen)
            yield one


def _unpacked(stream: Any) -> tuple[int, bool]:
    """Return how many bytes a stream unpacks to, and whether it is broken; raises Refused for a bomb."""
    from pikepdf import Array, PikepdfError

    given: Any = stream.stream_dict.get("/Filter", ())
    filters = {str(one) for one in given} if isinstance(given, Array) else {str(given)}
    _refuse_large(stream, filters)
    if filters & OPAQUE:
        return 0, False
    try:
        return len(stream.read_bytes()), False
    except PikepdfError as error:
        if "memory" in str(error) or "limit" in str(error):
            raise Refused(Why.UNPACKED) from error
        return 0, True


def _refuse_large(stream: Any, filters: set[str]) -> None:
    """Refuse a picture by the size that the PDF tells, and by that which the picture itself does."""
    if str(stream.stream_dict.get("/Subtype", "")) != "/Image":
        return
    try:
        told = int(stream.stream_dict.get("/Width", 0)) * int(stream.stream_dict.get("/Height", 0))
    except (TypeError, ValueError):
        return
    if told > MOST_PIXELS or (filters & PICTURES and _own_pixels(stream) > MOST_PIXELS):
        raise Refused(Why.PIXELS)


def _own_pixels(stream: Any) -> int:
    """Return how many pixels a picture has by its own head; 0 where it cannot be read."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(io.BytesIO(stream.read_raw_bytes()), formats=("JPEG", "JPEG2000")) as picture:
            return picture.width * picture.height
    except Exception:  # a library reads untrusted bytes; the picture is judged by what the PDF says of it
        return 0


def _verify(content: bytes, pages: int) -> None:
    """Open the result anew: as many pages, and nothing left that acts; raises Refused."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as found:
        left = set(found.Root.keys()) - {"/Type", "/Pages", "/Version"}
        odd = any(set(page.obj.keys()) - PAGE_KEYS for page in found.pages)
        if left or odd or "/Info" in found.trailer or len(found.pages) != pages or any(_acting(found)):
            raise Refused(Why.DAMAGED)
