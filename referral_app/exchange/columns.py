"""The columns that an import reads and an export writes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from referral_app.exchange.headings import Headings


class Part(Enum):
    """What a column tells of: the surgeon, the location, or the surgeon at that location."""

    SURGEON = "surgeon"
    PLACEMENT = "placement"
    LOCATION = "location"


@dataclass(frozen=True)
class Column:
    """One column: its heading in our files, what a person sees, of what it tells, how its cells are read.

    `field` is the attribute of the record; `also` are headings that other programs use for it.
    """

    name: str
    label: str
    part: Part
    kind: str = "text"
    field: str = ""
    also: str = ""

    @property
    def attribute(self) -> str:
        """The attribute of the record that this column fills."""
        return self.field or self.name


_S, _P, _L = Part.SURGEON, Part.PLACEMENT, Part.LOCATION

COLUMNS: tuple[Column, ...] = (
    Column("npi", "NPI", _S, "npi", also="npi number|national provider identifier|provider npi|individual npi"),
    Column("given_name", "First name", _S, "name", also="first|given|provider first name|fname|firstname"),
    Column("family_name", "Last name", _S, "name",
           also="last|surname|family|provider last name|provider last name legal name|lname|lastname"),
    Column("degrees", "Degrees", _S, also="credentials|credential|degree|suffix|title|provider credential text"),
    Column("specialty", "Specialty", _S, also="primary specialty|speciality|taxonomy|department"),
    Column("languages", "Languages", _S, "languages", also="language|languages spoken|spoken languages"),
    Column("procedures", "Procedures", _S, "procedures", also="procedure|services|procedures performed"),
    Column("plans", "Insurance plans", _S, "list", also="plan|insurance|insurances|insurance accepted|networks|payers"),
    Column("accepting", "Accepting new patients", _S, "accepting",
           also="accepting patients|new patients|accepts new patients|open panel"),
    Column("accepting_from", "Accepting from", _S, "date", also="accepting new patients from"),
    Column("age_min", "Youngest age", _S, "number", also="minimum age|age from|min age|ages from"),
    Column("age_max", "Oldest age", _S, "number", also="maximum age|age to|max age|ages to"),
    Column("next_visit_days", "Next consultation, days", _S, "number",
           also="wait|wait days|next available|next available days|days to consultation"),
    Column("next_surgery_days", "Next surgery, days", _S, "number", also="surgery wait|days to surgery"),
    Column("waits_claimed_on", "Waits told on", _S, "date", also="waits as of"),
    Column("refuses", "What is not accepted", _S, "long", also="conditions not accepted|exclusions|not accepted"),
    Column("how_to_refer", "How to refer", _S, "long", also="referral instructions|referral process"),
    Column("booking", "Who books", _S, "booking", also="booking by"),
    Column("self_referral", "Patients may refer themselves", _S, "yes_no", also="self referral allowed"),
    Column("email", "Email or Direct address", _S, also="e mail|mail|direct address|email address"),
    Column("portal", "Portal", _S, also="referral portal"),
    Column("authorization_contact", "Prior authorization contact", _S, also="prior auth contact|authorization"),
    Column("verified_on", "Last verified on", _S, "date", also="verified|last verified|verified date"),
    Column("verified_by", "Verified by", _S),
    Column("verified_how", "Verified how", _S, also="verified via"),
    Column("source", "Source", _S, also="data source"),
    Column("last_day", "Last day", _S, "date", also="leaves on|end date"),
    Column("away_from", "Away from", _S, "date", also="on leave from"),
    Column("away_to", "Away until", _S, "date", also="on leave to|away to|leave until"),
    Column("away_note", "About the leave", _S),
    Column("public_note", "Public note", _S, "long", also="public notes|note|comment|comments|remarks"),
    Column("phone", "Phone", _P, "phone",
           also="telephone|phone number|tel|office phone|direct phone|work phone|business phone"),
    Column("fax", "Fax for referrals", _P, "fax",
           also="referral fax|fax number|facsimile|referral fax number|office fax"),
    Column("days", "Days", _P, also="office days|clinic days"),
    Column("contact", "Contact person", _P, also="contact|scheduler|coordinator"),
    Column("fax_verified_on", "Fax verified on", _P, "date", also="fax verified"),
    Column("location", "Location", _L, field="name",
           also="practice|practice name|location name|clinic|facility|organization|office|hospital|site"),
    Column("line1", "Street", _L,
           also="address|address 1|address1|street address|address line 1|street 1|practice address"),
    Column("line2", "Suite or floor", _L, also="address 2|address2|suite|address line 2|street 2|unit"),
    Column("city", "City", _L, also="town|municipality"),
    Column("state", "State", _L, "state", also="st|state code|province"),
    Column("zip", "ZIP code", _L, "zip", also="zipcode|postal code|zip5|zip 4|postcode|postal"),
    Column("location_phone", "Phone of the location", _L, "phone", field="phone", also="main phone|clinic phone"),
    Column("location_fax", "Fax of the location", _L, "fax", field="fax", also="main fax|clinic fax"),
    Column("hours", "Hours", _L, "long", also="office hours|opening hours"),
    Column("access", "Access", _L, "long", also="accessibility"),
    Column("parking", "Parking and transit", _L, "long", also="parking|transit"),
    Column("website", "Website", _L, also="web|url|web site|homepage"),
    Column("wheelchair", "Wheelchair access", _L, "yes_no", also="wheelchair accessible"),
    Column("telehealth", "Telehealth", _L, "yes_no", also="video visits|telemedicine"),
    Column("entry", "Entry of this directory", _S, field="id", also="entry id"),
)  # fmt: skip

BY_NAME = {column.name: column for column in COLUMNS}
HEADINGS = Headings(
    ((column.name, column.label, column.also) for column in COLUMNS), (("given_name",), ("family_name",))
)
