"""Invented C-CDA documents, written after the structure of HL7 C-CDA R2.1, for tests and scenes."""

from __future__ import annotations

import random
from pathlib import Path

T = "2.16.840.1.113883.10.20.22"

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <realmCode code="US"/>
 <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
 <templateId root="{t}.1.1" extension="2015-08-01"/><templateId root="{t}.1.2" extension="2015-08-01"/>
 <id root="9.9.9" extension="INVENTED-1"/>
 <code code="34133-9" codeSystem="2.16.840.1.113883.6.1" displayName="Summarization of Episode Note"/>
 <title>Summary of care (invented)</title>
 <effectiveTime value="20260311093000-0500"/>
""".format(t=T)  # noqa: UP032 - the braces of the others stay as they are

PATIENT = """ <recordTarget><patientRole>
  <id root="2.16.840.1.113883.4.1" extension="900-00-0000"/>
  <id root="9.9.9.1" extension="INV-2207" assigningAuthorityName="Invented Clinic"/>
  <addr use="HP"><streetAddressLine>12 Example Street</streetAddressLine><streetAddressLine>Apt 4</streetAddressLine>
   <city>Baltimore</city><state>MD</state><postalCode>21287</postalCode><country>US</country></addr>
  <telecom value="tel:+1(410)555-0177" use="WP"/><telecom value="tel:+1(410)555-0142" use="HP"/>
  <telecom value="mailto:lucia@example.org"/>
  <patient>
   <name use="L"><given>Lucía</given><given>Ana</given><given qualifier="CL">Luz</given><family>Example-Ibarra</family>
    </name>
   <administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1" displayName="Female"/>
   <birthTime value="20110302"/>
   <guardian><code code="MTH" codeSystem="2.16.840.1.113883.5.111" displayName="Mother"/>
    <telecom value="tel:+1(410)555-0111" use="MC"/>
    <guardianPerson><name><given>Rosa</given><family>Ibarra</family></name></guardianPerson></guardian>
   <languageCommunication><languageCode code="en-US"/><preferenceInd value="false"/></languageCommunication>
   <languageCommunication><languageCode code="spa"/><preferenceInd value="true"/></languageCommunication>
  </patient>
 </patientRole></recordTarget>
"""

ALLERGIES = f"""<component><section><templateId root="{T}.2.6.1" extension="2015-08-01"/>
 <code code="48765-2" codeSystem="2.16.840.1.113883.6.1"/><title>Allergies</title>
 <text><table><tbody><tr><td ID="a1">Penicillin G &lt;benzathine&gt;</td></tr></tbody></table></text>
 <entry><act classCode="ACT" moodCode="EVN"><templateId root="{T}.4.30" extension="2015-08-01"/>
  <statusCode code="active"/><entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN">
   <templateId root="{T}.4.7" extension="2014-06-09"/><statusCode code="completed"/>
   <participant typeCode="CSM"><participantRole classCode="MANU"><playingEntity classCode="MMAT">
    <code nullFlavor="UNK"><originalText><reference value="#a1"/></originalText></code>
   </playingEntity></participantRole></participant>
   <entryRelationship typeCode="MFST" inversionInd="true"><observation classCode="OBS" moodCode="EVN">
    <templateId root="{T}.4.9" extension="2014-06-09"/>
    <value xsi:type="CD" code="247472004" codeSystem="2.16.840.1.113883.6.96" displayName="Hives"/>
   </observation></entryRelationship>
  </observation></entryRelationship></act></entry>
</section></component>"""

MEDICATIONS = f"""<component><section><templateId root="{T}.2.1.1" extension="2014-06-09"/>
 <code code="10160-0" codeSystem="2.16.840.1.113883.6.1"/><title>Medications</title><text>See entries</text>
 <entry><substanceAdministration classCode="SBADM" moodCode="EVN"><templateId root="{T}.4.16" extension="2014-06-09"/>
  <statusCode code="active"/><effectiveTime xsi:type="IVL_TS"><low value="20250101"/></effectiveTime>
  <effectiveTime xsi:type="PIVL_TS" operator="A"><period value="12" unit="h"/></effectiveTime>
  <doseQuantity value="25" unit="mg"/><consumable><manufacturedProduct classCode="MANU">
   <templateId root="{T}.4.23" extension="2014-06-09"/><manufacturedMaterial>
    <code code="0000001" codeSystem="2.16.840.1.113883.6.88" displayName="Topiramate 25 MG Oral Tablet"/>
   </manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entry>
 <entry><substanceAdministration classCode="SBADM" moodCode="EVN"><templateId root="{T}.4.16" extension="2014-06-09"/>
  <statusCode code="completed"/><consumable><manufacturedProduct><manufacturedMaterial>
   <code nullFlavor="NI"/><name>Ibuprofen</name></manufacturedMaterial></manufacturedProduct></consumable>
 </substanceAdministration></entry>
</section></component>"""

PROBLEMS = f"""<component><section><templateId root="{T}.2.5.1" extension="2015-08-01"/>
 <code code="11450-4" codeSystem="2.16.840.1.113883.6.1"/><title>Problems</title><text>See entries</text>
 <entry><act classCode="ACT" moodCode="EVN"><templateId root="{T}.4.3" extension="2015-08-01"/>
  <statusCode code="active"/><entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN">
   <templateId root="{T}.4.4" extension="2015-08-01"/><effectiveTime><low value="20240501"/></effectiveTime>
   <value xsi:type="CD" code="71760009" codeSystem="2.16.840.1.113883.6.96" displayName="Occipital neuralgia">
    <translation code="M54.81" codeSystem="2.16.840.1.113883.6.90" displayName="Occipital neuralgia"/></value>
  </observation></entryRelationship></act></entry>
</section></component>"""

PAYERS = f"""<component><section><templateId root="{T}.2.18" extension="2015-08-01"/>
 <code code="48768-6" codeSystem="2.16.840.1.113883.6.1"/><title>Payers</title><text>See entries</text>
 <entry><act classCode="ACT" moodCode="EVN"><templateId root="{T}.4.60" extension="2015-08-01"/>
  <entryRelationship typeCode="COMP"><act classCode="ACT" moodCode="EVN">
   <templateId root="{T}.4.61" extension="2015-08-01"/><id root="9.9.9.2" extension="GR-7"/>
   <performer typeCode="PRF"><assignedEntity><id root="9.9.9.3"/><representedOrganization>
    <name>Example Health</name></representedOrganization></assignedEntity></performer>
   <participant typeCode="COV"><participantRole><id root="9.9.9.4" extension="MEM-12"/></participantRole></participant>
  </act></entryRelationship></act></entry>
</section></component>"""

WHOLE = (
    f"{HEAD}{PATIENT} <component><structuredBody>{ALLERGIES}{MEDICATIONS}{PROBLEMS}{PAYERS}</structuredBody>"
    "</component>\n</ClinicalDocument>\n"
)


def write(path: Path, text: str = WHOLE, encoding: str = "utf-8") -> Path:
    """Write a document into a file."""
    path.write_bytes(text.encode(encoding))
    return path


def mutated(whole: bytes, number: int) -> bytes:
    """Return a document or list damaged in one of many ways, the same for the same number."""
    rnd = random.Random(number)
    made = bytearray(whole)
    for _ in range(rnd.randint(1, 6)):
        at = rnd.randrange(len(made) or 1)
        match rnd.randrange(7):
            case 0:
                made[at : at + 1] = bytes([rnd.randrange(256)])
            case 1:
                del made[at : at + rnd.randint(1, 200)]
            case 2:
                made[at:at] = made[max(0, at - rnd.randint(1, 400)) : at]
            case 3:
                made[at:at] = bytes(rnd.choices(b"<>/\"'&;,\n\x00\xff=", k=rnd.randint(1, 20)))
            case 4:
                made[at:at] = rnd.choice(
                    [b"<a>" * 200, b"&lol;", b"<!DOCTYPE x>", b"\xe2\x80\xae", b'"', b"\r\n" * 50]
                )
            case 5:
                made = made[:at] if rnd.random() < 0.3 else made
            case _:
                words = [b"value", b"code", b"section", b"patient", b"name", b"1984", b"extension"]
                made = bytearray(
                    bytes(made).replace(rnd.choice(words), rnd.choice([b"x", b"", b"9" * 40, b"value"]), 3)
                )
    return bytes(made)
