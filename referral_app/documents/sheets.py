"""Sheets of paper: what is printed on both sides ends on a whole sheet, so that two documents never share one."""

from __future__ import annotations

import io

from pikepdf import Pdf


def padded(pdf: bytes) -> bytes:
    """Return a PDF with an even number of pages, by a blank last page where it needs one (contract section 6).

    That page is as large as the one before it and really blank: words on it would have to be in the patient's language,
    and tags would have assistive technology read what nobody missed. The same PDF gives the same bytes; raises
    `pikepdf.PasswordError` for a protected one, which is padded before it is protected.
    """
    with Pdf.open(io.BytesIO(pdf)) as document:
        if len(document.pages) % 2 == 0:
            return pdf
        left, bottom, right, top = (float(edge) for edge in document.pages[-1].mediabox)
        document.add_blank_page(page_size=(right - left, top - bottom))
        if turned := document.pages[-2].obj.get("/Rotate"):
            document.pages[-1].obj["/Rotate"] = turned
        target = io.BytesIO()
        document.save(target, deterministic_id=True)
        return target.getvalue()
