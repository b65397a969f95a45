"""Invented print-outs as charts and pharmacies write them, each with what must be understood of it.

Every one stands for a style that is met: bulleted and numbered lists, print-outs of several record systems, pharmacy
labels, CSV and TSV exports, notes typed in a hurry. Nobody in them exists.
"""

from __future__ import annotations

from typing import Any

Case = tuple[str, str, str, list[tuple[str, dict[str, Any]]]]
"""The name of a style, the table that it is pasted into, the text, and its lines as state and values."""

R, H, N, S, E = "row", "heading", "none", "stopped", "elsewhere"


def _med(name: str, dose: str = "", frequency: str = "") -> dict[str, Any]:
    return {key: value for key, value in (("name", name), ("dose", dose), ("frequency", frequency)) if value}


def _allergy(substance: str, reaction: str = "") -> dict[str, Any]:
    return {"substance": substance, "reaction": reaction} if reaction else {"substance": substance}


CASES: list[Case] = [
    ("one a line", "medications", "Lisinopril 10 mg daily\nmetformin 500 MG BID w/ meals", [
        (R, _med("Lisinopril", "10 mg", "daily")), (R, _med("metformin", "500 MG", "twice a day with meals"))]),
    ("a chart with bullets and directions below", "medications",
     "Current Outpatient Medications\nMedication Sig Dispense Refill\n"
     "• topiramate (TOPAMAX) 50 MG tablet\n   Take 1 tablet (50 mg total) by mouth 2 (two) times daily.\n"
     "   Dispense: 60 tablet   Refills: 5\n"
     "• rizatriptan (MAXALT-MLT) 10 MG disintegrating tablet\n   Take 1 tablet by mouth as needed for migraine.\n"
     "No current facility-administered medications on file prior to visit.", [
        (H, {}), (H, {}),
        (R, _med("topiramate (TOPAMAX)", "50 MG tablet", "Take 1 tablet (50 mg total) by mouth 2 (two) times daily")),
        (R, _med("rizatriptan (MAXALT-MLT)", "10 MG disintegrating tablet",
                 "Take 1 tablet by mouth as needed for migraine")),
        (H, {})]),
    ("numbered, with abbreviations", "medications",
     "Current Medications:\n1. Lisinopril 10mg PO QD\n"
     "2) ASA 81 mg daily\n3. Zolpidem 5 mg qHS PRN\n(4) Vit D3 2000 IU qd", [
        (H, {}), (R, _med("Lisinopril", "10mg", "by mouth once a day")), (R, _med("ASA", "81 mg", "daily")),
        (R, _med("Zolpidem", "5 mg", "at bedtime as needed")), (R, _med("Vit D3", "2000 IU", "once a day"))]),
    ("a pharmacy label", "medications",
     "Rx #: 7700123\nDrug: SUMATRIPTAN 100MG TABLETS\nQty: 9   Refills: 2\n"
     "TAKE 1 TABLET BY MOUTH AT ONSET OF MIGRAINE\n"
     "Prescriber: Dr. Invented\nLast filled: 03/12/2026", [
        (H, {}),
        (R, _med("SUMATRIPTAN", "100MG TABLETS", "TAKE 1 TABLET BY MOUTH AT ONSET OF MIGRAINE"))]),
    ("a CSV export with quotes", "medications",
     'Medication,Strength,Sig,Qty,Refills\nTopiramate,50 mg,"Take 1 tablet by mouth twice daily, with food",60,3\n'
     "Sumatriptan,100 mg,1 tab po prn,9,2", [
        (H, {}), (R, _med("Topiramate", "50 mg", "Take 1 tablet by mouth twice daily, with food")),
        (R, _med("Sumatriptan", "100 mg", "1 tablet by mouth as needed"))]),
    ("a sheet copied with tabs", "medications",
     "Drug Name\tDose\tFrequency\tPrescribed by\nApixaban\t5 mg\tBID\tL. Hartwell\nLevothyroxine\t75 mcg\tqAM\t", [
        (H, {}), (R, _med("Apixaban", "5 mg", "twice a day")), (R, _med("Levothyroxine", "75 mcg", "every morning"))]),
    ("tabs without a heading", "medications", "Apixaban\t5 mg\tBID\nmultivitamin\tone\tdaily", [
        (R, _med("Apixaban", "5 mg", "twice a day")), (R, _med("multivitamin", "", "one daily"))]),
    ("bars", "medications", "Medication | Dose | Sig\n--- | --- | ---\nApixaban | 5 mg | 1 tab BID", [
        (H, {}), (H, {}), (R, _med("Apixaban", "5 mg", "1 tablet twice a day"))]),
    ("all on one line, commas", "medications",
     "Meds: lisinopril 10 mg daily, atorvastatin 40 mg qhs, ASA 81 mg", [
        (R, _med("lisinopril", "10 mg", "daily")), (R, _med("atorvastatin", "40 mg", "at bedtime")),
        (R, _med("ASA", "81 mg"))]),
    ("semicolons", "medications", "Metoprolol, 25 mg, PO, BID; gabapentin 300 mg TID", [
        (R, _med("Metoprolol", "25 mg", "by mouth, twice a day")), (R, _med("gabapentin", "300 mg", "3 times a day"))]),
    ("stopped ones marked", "medications",
     "Eliquis 5mg bid (DISCONTINUED 3/2024)\nLisinopril 10 mg daily\nDiscontinued Medications\nTramadol 50 mg prn", [
        (S, _med("Eliquis", "5mg", "twice a day (DISCONTINUED 3/2024)")), (R, _med("Lisinopril", "10 mg", "daily")),
        (H, {}), (S, _med("Tramadol", "50 mg", "as needed"))]),
    ("a whole chart with two lists", "medications",
     "MEDICATIONS:\n- Warfarin 5 mg nightly\n\nALLERGIES:\n- Penicillin (hives)\n", [
        (H, {}), (R, _med("Warfarin", "5 mg", "nightly")), (H, {}), (E, _med("Penicillin (hives)"))]),
    ("dose first", "medications", "5 mg warfarin nightly", [(R, _med("warfarin", "5 mg", "nightly"))]),
    ("inhalers and combined strengths", "medications",
     "* Ventolin HFA 90 mcg/actuation 2 puffs q4-6h prn\n* Percocet 5-325 mg 1 tab q6h prn\n"
     "* Insulin glargine 100 unit/mL", [
        (R, _med("Ventolin HFA", "90 mcg/actuation", "2 puffs every 4-6 hours as needed")),
        (R, _med("Percocet", "5-325 mg", "1 tablet every 6 hours as needed")),
        (R, _med("Insulin glargine", "100 unit/mL"))]),
    ("blocks of labels", "medications",
     "Medication: Propranolol\nDose: 80 mg\nFrequency: BID\nRoute: PO\n\n"
     "Medication: Semaglutide\nDose: 1 mg\nFrequency: qweek", [
        (R, _med("Propranolol", "80 mg", "twice a day; by mouth")), (R, _med("Semaglutide", "1 mg", "once a week"))]),
    ("entities of a web page", "medications", "Tylenol &amp; codeine&nbsp;#3 300-30 mg q6h prn", [
        (R, _med("Tylenol & codeine #3", "300-30 mg", "every 6 hours as needed"))]),
    ("furniture of a print-out", "medications",
     "Patient Name: Quill, Test   DOB: 01/02/1970\nPrinted on 11/28/2026\nAspirin 81 mg daily\nPage 1 of 2\n* * *", [
        (H, {}), (H, {}), (R, _med("Aspirin", "81 mg", "daily")), (H, {}), (H, {})]),
    ("no medications", "medications", "Patient takes no medications.", [(N, {})]),
    ("allergies on one line", "allergies", "Allergies: Penicillin (rash), Sulfa - hives; latex", [
        (R, _allergy("Penicillin", "rash")), (R, _allergy("Sulfa", "hives")), (R, _allergy("latex"))]),
    ("allergies in several ways", "allergies",
     "<penicillin>\nCodeine: nausea, vomiting\nIodine contrast -> anaphylaxis\nMorphine [itching]\nPCN rash\n"
     "Allergic to bee stings (swelling)\nSulfamethoxazole (Bactrim) - rash", [
        (R, _allergy("<penicillin>")), (R, _allergy("Codeine", "nausea, vomiting")),
        (R, _allergy("Iodine contrast", "anaphylaxis")), (R, _allergy("Morphine", "itching")),
        (R, _allergy("PCN", "rash")), (R, _allergy("bee stings", "swelling")),
        (R, _allergy("Sulfamethoxazole (Bactrim)", "rash"))]),
    ("an escaped angle bracket", "allergies", "&lt;penicillin&gt; - rash", [(R, _allergy("<penicillin>", "rash"))]),
    ("a sheet of allergies", "allergies",
     "Allergen\tReaction\tSeverity\tNoted\nShellfish\tHives\tHigh\t2/3/2019\nLatex\tContact dermatitis\t\t", [
        (H, {}), (R, _allergy("Shellfish", "Hives; High")), (R, _allergy("Latex", "Contact dermatitis"))]),
    ("blocks of allergies", "allergies", "Allergen: Shellfish\nReaction: Hives\nSeverity: Severe", [
        (R, _allergy("Shellfish", "Hives; Severe"))]),
    ("none known", "allergies", "NKDA", [(N, {})]),
    ("none known, in words", "allergies", "Allergies: No Known Drug Allergies", [(N, {})]),
    ("none", "allergies", "none", [(N, {})]),
    ("preventives in a note", "treatments",
     "Failed preventives:\n- Topiramate 100 mg/day x 8 weeks: stopped due to side effects (brain fog)\n"
     "- amitriptyline 50 mg qhs, 3 months, no relief, 1/2020-4/2020\n"
     "- Aimovig 140 mg monthly, 6 months, 40% improvement, stopped 3/2023\n- Depakote: contraindicated", [
        (H, {}),
        (R, {"name": "Topiramate", "class": "anticonvulsant", "dose": 100, "unit": "mg a day", "weeks_at_target": 8,
             "stop_reason": "side_effect"}),
        (R, {"name": "amitriptyline", "class": "tricyclic", "dose": 50, "unit": "mg at bedtime",
             "weeks_at_target": 13, "started": "2020-01", "stopped": "2020-04", "stop_reason": "no_benefit",
             "effect": "none"}),
        (R, {"name": "Aimovig", "class": "cgrp_antibody", "dose": 140, "unit": "mg monthly", "weeks_at_target": 26,
             "stopped": "2023-03", "effect": "under_50"}),
        (R, {"name": "Depakote", "class": "anticonvulsant", "stop_reason": "contraindicated"})]),
    ("treatments in a hurry", "treatments",
     "PT x 12 visits no benefit\nsumatriptan 100 mg prn - still using\nmagnesium, riboflavin, feverfew", [
        (R, {"name": "PT", "class": "physical_therapy", "dose": 12, "unit": "visits", "stop_reason": "no_benefit",
             "effect": "none"}),
        (R, {"name": "sumatriptan", "class": "triptan", "dose": 100, "unit": "mg as needed", "stop_reason": "ongoing"}),
        (R, {"name": "magnesium", "class": "other"}), (R, {"name": "riboflavin", "class": "other"}),
        (R, {"name": "feverfew", "class": "other"})]),
    ("a sheet of treatments", "treatments",
     "Drug,Dose,Started,Stopped,Reason stopped\nPropranolol,80 mg,2/2022,7/2022,side effects", [
        (H, {}),
        (R, {"name": "Propranolol", "class": "beta_blocker", "dose": 80, "unit": "mg", "started": "2022-02",
             "stopped": "2022-07", "stop_reason": "side_effect"})]),
    ("nerve blocks in a note", "injections",
     "Left GON block 3/12/2024 2 mL bupivacaine 0.5% + 40 mg triamcinolone, pain 8/10 -> 2/10, relief 3 weeks\n"
     "Bilateral greater occipital nerve blocks 06/18/2025 lidocaine 1% without steroid; VAS 7 to 3; 6 hours relief", [
        (R, {"kind": "nerve_block", "site": "Greater occipital nerve", "side": "left", "date": "2024-03-12",
             "agent": "2 mL bupivacaine 0.5% + 40 mg triamcinolone", "steroid": True, "pain_before": 8,
             "pain_after": 2, "relief_hours": 504}),
        (R, {"kind": "nerve_block", "site": "Greater occipital nerve", "side": "both", "date": "2025-06-18",
             "agent": "lidocaine 1%", "steroid": False, "pain_before": 7, "pain_after": 3, "relief_hours": 6})]),
    ("botulinum toxin", "injections", "Botox 155 units 31 sites 11/5/2024 cycle 3", [
        (R, {"kind": "botulinum_toxin", "site": "Head and neck, 31 sites", "date": "2024-11-05", "agent": "Botox",
             "units": 155, "cycle": 3})]),
    ("imaging in a note", "imaging",
     "MRI brain w/wo contrast 8/11/2025: normal\nCT cervical spine 2024-03-02 - mild change C5-6, abnormal\n"
     "X-ray c-spine 3/1/2023", [
        (R, {"type": "mri", "region": "head", "date": "2025-08-11", "result": "normal",
             "note": "MRI brain w/wo contrast; normal"}),
        (R, {"type": "ct", "region": "cervical", "date": "2024-03-02", "result": "abnormal",
             "note": "CT cervical spine; mild change C5-6, abnormal"}),
        (R, {"type": "xray", "region": "cervical", "date": "2023-03-01"})]),
]  # fmt: skip
