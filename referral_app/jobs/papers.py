"""What every document goes through: made, looked at, and recorded in the ledger before it leaves the program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from referral_app.choices import PaperAct, PaperKind
from referral_app.database import Database, Session
from referral_app.services import amendments, fax_numbers, ledger, reminding
from referral_app.services.ledger import Document, Leaving

LACKING = (
    "The patient’s statement of disagreement is not in this paper, which left before it was there. It must go along: "
    "add the copy-of-record sheet, or make the letter anew."
)
"""Source: 45 CFR 164.526(d)(5)."""


@dataclass(frozen=True)
class Made:
    """A finished document: a file name without any patient's data, its bytes, and what a person should know of it.

    `kind`, `reference` and `number` say which document of which version of which referral it is, `subject`,
    `surgeon_ids`, `details` and `patient_id` what it is about where that is no referral, `language` and `large` how
    what a patient reads is written, `enclosed` what was merged into it or stands in it beside its own, `paper_id` that
    it comes from the ledger.
    """

    name: str
    content: bytes
    notes: tuple[str, ...] = ()
    kind: str = ""
    reference: str = ""
    number: int = 0
    language: str = "en"
    large: bool = False
    subject: str = ""
    enclosed: tuple[str, ...] = ()
    appointment_id: str = ""
    surgeon_ids: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict[str, Any])
    paper_id: str = ""
    patient_id: str = ""


def looked_at(db: Database, made: Made) -> None:
    """Record that a document was made, by its hash; its bytes are kept once it leaves."""
    if made.kind and not made.paper_id:
        with db.begin() as session:
            ledger.made(session, document(made), made.content)


def left(
    db: Database,
    made: Made,
    act: PaperAct,
    *,
    how: str = "",
    for_whom: str = "",
    copies: int = 1,
    protected: bool = False,
    fax: bool = False,
    shown: str = "",
) -> None:
    """Record that a document leaves and keep its bytes; called before it does, so that nothing leaves unrecorded.

    With `fax` it goes to the surgeon's number, `shown` being the one that the person saw; raises InvalidInput where
    another is on file by now. Raises StoreProblem where it cannot be recorded.
    """
    with db.begin() as session:
        record(session, made, Leaving(act, how, for_whom, copies, protected, made.appointment_id))
        if fax:
            verb = "printed" if act is PaperAct.PRINTED else "saved"
            fax_numbers.for_fax(session, made.reference, f"Letter {verb} to be faxed", shown=shown)


def record(session: Session, made: Made, leaving: Leaving) -> str:
    """Record within an act that a document leaves, and return its id in the ledger, "" for what is not kept there."""
    if made.paper_id:
        ledger.again(session, made.paper_id, leaving)
        return made.paper_id
    if made.kind == str(PaperKind.REMINDER) and made.appointment_id:
        reminding.by_letter(session, made.appointment_id, back=not leaving.copies)
    return ledger.leave(session, document(made), made.content, leaving) if made.kind else ""


def kept(db: Database, paper_id: str) -> Made:
    """Return a document of the ledger, exactly the bytes that left; raises InvalidInput, NotFound, Denied."""
    with db.read() as session:
        paper, content = ledger.get(session, paper_id), ledger.content(session, paper_id)
        is_letter = paper.kind in (PaperKind.LETTER, PaperKind.BUNDLE)
        notes = lacking(session, paper.patient_id, paper.enclosed) if is_letter else ()
    about = paper.reference or paper.made_at.date().isoformat()
    return Made(
        f"{str(paper.kind).replace('_', '-')}-{about}.pdf", content, kind=str(paper.kind), reference=paper.reference,
        number=paper.number, language=paper.language, large=paper.large, subject=paper.subject,
        enclosed=paper.enclosed, paper_id=paper.id, notes=notes,
    )  # fmt: skip


def lacking(session: Session, patient_id: str, enclosed: Sequence[str]) -> tuple[str, ...]:
    """Return what is to be said where a letter left before the patient's statement of disagreement was there."""
    said = amendments.statements(session, patient_id) if patient_id else []
    return (LACKING,) if Counter(one.name for one in said) - Counter(enclosed) else ()


def pages(content: bytes) -> int:
    """Return how many pages a PDF has."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def document(made: Made) -> Document:
    """Return what the ledger records of a document."""
    return Document(
        PaperKind(made.kind), made.reference, made.number, made.subject, made.language, made.large,
        pages(made.content), made.enclosed, made.surgeon_ids, made.details, made.patient_id,
    )  # fmt: skip
