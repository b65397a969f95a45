"""The columns of a practice system's list of patients."""

from __future__ import annotations

from dataclasses import dataclass

from referral_app.exchange.headings import Headings


@dataclass(frozen=True)
class PatientColumn:
    """One field that a column can be: its path in the intake, its label, how its cells are read, other headings."""

    name: str
    label: str
    kind: str = "text"
    also: str = ""


COLUMNS: tuple[PatientColumn, ...] = (
    PatientColumn("family_name", "Last name", "name", "last|surname|family|lname|lastname|patient last name|last nm"),
    PatientColumn("given_name", "First name", "name", "first|given|fname|firstname|patient first name|forename"),
    PatientColumn("full_name", "Whole name", "name", "name|patient|patient name|full name|patientname"),
    PatientColumn("middle_name", "Middle name", "name", "middle|mi|middle initial|mname"),
    PatientColumn("suffix", "Suffix", "name", "name suffix|generation"),
    PatientColumn("preferred_name", "Preferred name", "text", "preferred|nickname|goes by|known as|called"),
    PatientColumn("date_of_birth", "Date of birth", "date",
                  "dob|birthdate|birth date|born|date of birth mm dd yyyy|patient dob|birthday|d o b"),
    PatientColumn("sex", "Sex", "sex", "gender|administrative sex|sex at birth|patient sex|legal sex"),
    PatientColumn("mrn", "Medical record number", "number",
                  "medical record number|chart|chart number|chart no|patient id|patient number|account|account number|"
                  "patientid|record number|acct|id|pt id|emr id"),
    PatientColumn("phone", "Phone", "phone",
                  "home phone|phone number|mobile|cell|cell phone|primary phone|telephone|phone 1|tel|mobile phone"),
    PatientColumn("phone_alt", "Other phone", "phone",
                  "work phone|phone 2|alternate phone|secondary phone|other phone number|alt phone"),
    PatientColumn("email", "Email", "email", "e mail|mail|email address|patient email"),
    PatientColumn("address.line1", "Street address", "text",
                  "address|address 1|address1|street|street address|address line 1|addr1|line1"),
    PatientColumn("address.line2", "Apartment or suite", "text",
                  "address 2|address2|apt|unit|suite|address line 2|addr2|line2"),
    PatientColumn("address.city", "City", "text", "town|city"),
    PatientColumn("address.state", "State", "state", "st|state code|province|state"),
    PatientColumn("address.zip", "ZIP code", "zip", "zip|zipcode|postal code|zip5|postal|postcode"),
    PatientColumn("language", "Preferred language", "language",
                  "language|preferred lang|primary language|lang|spoken language"),
    PatientColumn("interpreter_needed", "Interpreter needed", "yes_no", "interpreter|needs interpreter"),
    PatientColumn("legal_representative.name", "Legal representative", "text",
                  "guardian|guardian name|guarantor|responsible party|parent|legal guardian"),
    PatientColumn("legal_representative.relation", "Relation of the representative", "text",
                  "guardian relation|guardian relationship|relationship to patient|relationship"),
    PatientColumn("legal_representative.phone", "Phone of the representative", "phone",
                  "guardian phone|guarantor phone|parent phone"),
    PatientColumn("coverage.payer", "Payer", "text",
                  "insurance|primary insurance|insurance name|carrier|payer name|primary payer|insurance company"),
    PatientColumn("coverage.plan", "Plan", "text", "plan name|insurance plan|primary plan"),
    PatientColumn("coverage.member_id", "Member ID", "text",
                  "policy number|subscriber id|insurance id|member number|policy id|memberid|policy"),
    PatientColumn("coverage.group", "Group number", "text", "group|group no|group id|insurance group"),
)  # fmt: skip

BY_NAME = {column.name: column for column in COLUMNS}
HEADINGS = Headings(
    ((column.name, column.label, column.also) for column in COLUMNS),
    (("family_name", "full_name"),),
    "patients|",
)
