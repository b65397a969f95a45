"""A finished document as bytes: each page packed once, the tree of its elements packed many to an object."""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO
from itertools import chain, islice
from typing import Any, cast

from reportlab.pdfbase import pdfdoc

from referral_app.documents import tag_lines
from referral_app.documents.tagging import OBJECTS, Tree

_HEADER = b"%PDF-1.7\n%\x93\x8c\x8b\x9e\n"
_IN_A_STREAM = 400
"""So many objects are packed into one."""
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
"""What PDF/UA asks of the metadata. Source: ISO 14289-1, clause 5 and 7.1."""
_CONFORMS = "<pdfuaid:part>1</pdfuaid:part>\n"


class Packed(pdfdoc.PDFObject):
    """A stream that is packed already."""

    __RefOnly__ = 1

    def __init__(self, data: bytes, entries: str = "") -> None:
        """Keep the packed bytes, and further entries of the stream as they are written."""
        self._data, self._entries = data, entries

    def format(self, document: Any) -> bytes:
        """Return the stream as it is written."""
        head = f"<</Filter /FlateDecode /Length {len(self._data)}{self._entries}>>\nstream\n"
        return head.encode() + self._data + b"\nendstream\n"


class Raw(pdfdoc.PDFObject):
    """An object as it is written: it takes a tenth of the room of ReportLab's own."""

    __RefOnly__ = 1

    def __init__(self, written: bytes) -> None:
        """Keep the bytes."""
        self._written = written

    def format(self, document: Any) -> bytes:
        """Return the object as it is written."""
        return self._written


class Page(pdfdoc.PDFPage):
    """A page whose marks belong to elements."""

    __NoDefault__: list[str] = [*cast(Any, pdfdoc.PDFPage).__NoDefault__, "StructParents", "Tabs"]  # noqa: RUF012


class _Root(pdfdoc.PDFObject):
    """The place of the root of the tree, which is written when everything else has its number."""

    __RefOnly__ = 1


def add_tags(document: pdfdoc.PDFDocument, title: str, language: str) -> None:
    """Let a document say that it is tagged: title and language as they are, and what it conforms to."""
    catalog = cast(Any, document.Catalog)  # type: ignore[attr-defined]
    catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
    catalog.StructTreeRoot = document.Reference(_Root(), "tree")
    catalog.Metadata = pdfdoc.PDFStream(
        pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")}),
        metadata(title, language),
    )


def metadata(title: str, language: str, conforms: bool = True) -> bytes:
    """Return the metadata of a document, with the word that it conforms to PDF/UA-1 where it does."""
    words = _XMP.format(title=escape(title), language=escape(language))
    return (words if conforms else words.replace(_CONFORMS, "")).encode()


def write(document: Any, canvas: Any, tree: Tree) -> bytes:
    """Return a finished document with its tree; ReportLab's own way packs nothing but pages and knows no trees."""
    for font in document.delayedFonts:
        font.addObjects(document)
    document.info.invariant = document.invariant
    document.info.digest(document.signature)
    document.Reference(document.Catalog)
    document.Reference(document.info)
    document.Outlines.prepare(document, canvas)
    if document.Outlines.ready < 0:
        document.Catalog.Outlines = None
    return _File(document, tree).made()


class _File:
    """The file as it grows: its bytes, and where each object stands in them or in which stream of packed ones."""

    def __init__(self, document: Any, tree: Tree) -> None:
        """Begin the file."""
        self._document, self._tree = document, tree
        self._bytes = BytesIO()
        self._bytes.write(_HEADER)
        self._kinds, self._first, self._second = array("B", [0]), array("Q", [0]), array("H", [0xFFFF])

    def made(self) -> bytes:
        """Return the whole file."""
        root = self._write_document()
        self._write_tree(root)
        self._write_places()
        return self._bytes.getvalue()

    def _place(self, kind: int, first: int, second: int = 0) -> None:
        self._kinds.append(kind)
        self._first.append(first)
        self._second.append(second)

    def _write_object(self, number: int, body: bytes) -> int:
        """Write an object and return where it begins."""
        at = self._bytes.tell()
        self._bytes.write(b"%d 0 obj\n" % number)
        self._bytes.write(body)
        self._bytes.write(b"endobj\n" if body.endswith(b"\n") else b"\nendobj\n")
        return at

    def _write_document(self) -> int:
        """Write what ReportLab knows, more of which may turn up as it is written; return the number of the tree."""
        document, number, root = self._document, 1, 0
        while number in document.numberToId:
            name = document.numberToId[number]
            thing = document.idToObject[name]
            if isinstance(thing, _Root):
                root = number
                self._place(1, 0)
            else:
                body = cast(Any, pdfdoc).format(thing, document, toplevel=1)
                self._place(1, self._write_object(number, body))
                document.idToObject[name] = None  # else everything would be in memory twice
            number += 1
        return root

    def _write_tree(self, root: int) -> None:
        """Write the elements, what leads from the marks of a page to them, and the root of both."""
        zero, tree = len(self._kinds), self._tree
        pages = array("i", (self._number(f"Page{at + 1}") for at in range(self._document.pageCounter - 1)))
        objects = {placed.name: self._number(f"Annot.{placed.name}") for placed in tree.objects.values()}
        elements = (tag_lines.element(tree, at, zero, root, pages, objects) for at in range(len(tree.roles)))
        leaves = list(tag_lines.leaves(tree, zero, len(pages)))
        self._write_packed(chain(elements, leaves), len(tree.roles) + len(leaves))
        first = zero + len(tree.roles)
        kids = " ".join(f"{first + at} 0 R" for at in range(len(leaves)))
        body = (
            f"<</Type /StructTreeRoot /K {zero} 0 R /ParentTree <</Kids [{kids}]>>"
            f" /ParentTreeNextKey {OBJECTS + len(tree.objects)}>>"
        )
        self._first[root] = self._write_object(root, body.encode())

    def _number(self, name: str) -> int:
        return self._document.idToObjectNumberAndVersion[name][0]

    def _write_packed(self, bodies: Iterator[str], count: int) -> None:
        """Write so many objects packed, many to a stream; the streams have the numbers behind theirs."""
        number = first = len(self._kinds) + count
        begins: list[int] = []
        while some := list(islice(bodies, _IN_A_STREAM)):
            start = len(self._kinds)
            for at in range(len(some)):
                self._place(2, number, at)
            begins.append(self._write_object(number, _stream_of(start, some)))
            number += 1
        for begin in begins:
            self._place(1, begin)
        assert len(self._kinds) == number == first + len(begins)

    def _write_places(self) -> None:
        """Write where each object stands, then the end of the file."""
        document, number = self._document, len(self._kinds)
        self._place(1, self._bytes.tell())
        rows = zip(self._kinds, self._first, self._second, strict=True)
        places = zlib.compress(b"".join(struct.pack(">BQH", *row) for row in rows))
        root, info = (self._number(thing.__InternalName__) for thing in (document.Catalog, document.info))
        entries = (
            f" /Type /XRef /W [1 8 2] /Size {number + 1} /Root {root} 0 R /Info {info} 0 R"
            f" /ID {document.ID().decode('latin-1').split('%')[0].strip()}"
        )
        begins = self._write_object(number, Packed(places, entries).format(document))
        self._bytes.write(b"startxref\n%d\n%%%%EOF\n" % begins)


def _stream_of(start: int, bodies: Sequence[str]) -> bytes:
    """Return objects, the first of which has the number `start`, as one packed stream."""
    places: list[str] = []
    at = 0
    for number, body in enumerate(bodies, start=start):
        places.append(f"{number} {at}")
        at += len(body) + 1
    head = " ".join(places) + " "
    words = (head + "\n".join(bodies)).encode("latin-1")
    entries = f" /Type /ObjStm /N {len(bodies)} /First {len(head)}"
    return Packed(zlib.compress(words), entries).format(None)
