"""Names of drugs and therapies that tables of a referral meet: generic and common US brand names, class, usual unit.

Source: general pharmacology; names are facts. The list fills in a class that a person sees and may change, and asks
questions; it decides nothing. A clinician must review it before it is used for patients.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from referral_app.clinical.fields import Values, answered, as_dict, given, rows

DAY, DOSE, MONTH = "mg a day", "mg a dose", "mg a month"

# Each line: class, usual unit, then names; after "=" the brand names of the one before.
_TREATMENTS: tuple[tuple[str, str, str], ...] = (
    ("tricyclic", DAY, "amitriptyline=Elavil; nortriptyline=Pamelor; protriptyline=Vivactil; doxepin=Silenor; "
     "imipramine=Tofranil; desipramine=Norpramin"),
    ("snri", DAY, "venlafaxine=Effexor, Effexor XR; duloxetine=Cymbalta; desvenlafaxine=Pristiq; "
     "milnacipran=Savella; levomilnacipran=Fetzima"),
    ("anticonvulsant", DAY, "topiramate=Topamax, Trokendi XR, Qudexy XR; divalproex=Depakote, Depakote ER; "
     "valproate=valproic acid, Depakene; gabapentin=Neurontin, Gralise, Horizant; pregabalin=Lyrica; "
     "carbamazepine=Tegretol, Carbatrol; oxcarbazepine=Trileptal; lamotrigine=Lamictal; levetiracetam=Keppra; "
     "zonisamide=Zonegran; lacosamide=Vimpat"),
    ("beta_blocker", DAY, "propranolol=Inderal, Inderal LA, InnoPran XL; metoprolol=Lopressor, Toprol, Toprol XL, "
     "metoprolol succinate, metoprolol tartrate; timolol; atenolol=Tenormin; nadolol=Corgard; nebivolol=Bystolic; "
     "bisoprolol=Zebeta"),
    ("candesartan", DAY, "candesartan=Atacand"),
    ("cgrp_antibody", MONTH, "erenumab=Aimovig; fremanezumab=Ajovy; galcanezumab=Emgality"),
    ("cgrp_antibody", "mg every 3 months", "eptinezumab=Vyepti"),
    ("gepant", DAY, "atogepant=Qulipta"),
    ("gepant", DOSE, "rimegepant=Nurtec, Nurtec ODT; ubrogepant=Ubrelvy; zavegepant=Zavzpret"),
    ("muscle_relaxant", DAY, "cyclobenzaprine=Flexeril, Amrix; tizanidine=Zanaflex; baclofen=Lioresal; "
     "methocarbamol=Robaxin; metaxalone=Skelaxin; carisoprodol=Soma; orphenadrine=Norflex"),
    ("nsaid", DOSE, "ibuprofen=Advil, Motrin; naproxen=Aleve, Naprosyn, Anaprox; diclofenac=Cambia, Voltaren, "
     "Cataflam; indomethacin=Indocin; ketorolac=Toradol, Sprix; meloxicam=Mobic; celecoxib=Celebrex, Elyxyb; "
     "nabumetone=Relafen; etodolac=Lodine; ketoprofen; flurbiprofen"),
    ("triptan", DOSE, "sumatriptan=Imitrex, Tosymra, Onzetra, Zembrace; rizatriptan=Maxalt, Maxalt-MLT; "
     "zolmitriptan=Zomig; eletriptan=Relpax; naratriptan=Amerge; almotriptan=Axert; frovatriptan=Frova; "
     "sumatriptan-naproxen=sumatriptan/naproxen, Treximet"),
    ("opioid", DOSE, "oxycodone=OxyContin, Roxicodone; oxycodone-acetaminophen=oxycodone/acetaminophen, Percocet, "
     "Endocet; hydrocodone-acetaminophen=hydrocodone/acetaminophen, Norco, Vicodin, Lortab; hydrocodone; "
     "tramadol=Ultram; morphine=MS Contin; codeine; acetaminophen-codeine=acetaminophen/codeine, Tylenol #3, "
     "Tylenol with codeine; hydromorphone=Dilaudid; fentanyl=Duragesic; methadone=Dolophine; tapentadol=Nucynta; "
     "butorphanol=Stadol; meperidine=Demerol; oxymorphone=Opana; buprenorphine=Butrans, Belbuca, Suboxone"),
    ("physical_therapy", "visits", "physical therapy=PT, physiotherapy"),
    ("behavioral", "visits", "biofeedback; cognitive behavioral therapy=CBT; relaxation training; mindfulness"),
    ("device", "", "Cefaly; gammaCore; Nerivio; Relivion; sTMS=SpringTMS; TENS=TENS unit; occipital nerve stimulator"),
    ("other", DAY, "verapamil=Calan, Verelan; memantine=Namenda; lisinopril=Zestril, Prinivil; flunarizine; "
     "cyproheptadine=Periactin; mirtazapine=Remeron; fluoxetine=Prozac; sertraline=Zoloft; escitalopram=Lexapro; "
     "magnesium=magnesium oxide, magnesium glycinate; riboflavin=vitamin B2; coenzyme Q10=CoQ10; "
     "feverfew; melatonin; acetazolamide=Diamox; clonidine=Catapres; guanfacine"),
    ("other", DOSE, "acetaminophen=Tylenol, paracetamol; aspirin=ASA, Bayer, Ecotrin; "
     "acetaminophen-aspirin-caffeine=Excedrin, Excedrin Migraine; butalbital-acetaminophen-caffeine=butalbital, "
     "Fioricet, Esgic; butalbital-aspirin-caffeine=Fiorinal; lasmiditan=Reyvow; dihydroergotamine=DHE, Migranal, "
     "Trudhesa, D.H.E. 45; ergotamine=Cafergot, Ergomar; metoclopramide=Reglan; prochlorperazine=Compazine; "
     "promethazine=Phenergan; ondansetron=Zofran; prednisone=Deltasone; methylprednisolone=Medrol, Medrol Dosepak; "
     "dexamethasone=Decadron"),
    ("other", "visits", "acupuncture; chiropractic; massage; massage therapy"),
    ("other", "units", "onabotulinumtoxinA=Botox, botulinum toxin; incobotulinumtoxinA=Xeomin; "
     "abobotulinumtoxinA=Dysport"),
)  # fmt: skip

_BLOOD_THINNERS = (
    "warfarin=Coumadin, Jantoven; apixaban=Eliquis; rivaroxaban=Xarelto; dabigatran=Pradaxa; edoxaban=Savaysa; "
    "enoxaparin=Lovenox; dalteparin=Fragmin; fondaparinux=Arixtra; heparin; clopidogrel=Plavix; prasugrel=Effient; "
    "ticagrelor=Brilinta; dipyridamole=Persantine; aspirin-dipyridamole=Aggrenox; cilostazol=Pletal; "
    "vorapaxar=Zontivity; aspirin=ASA, Bayer, Ecotrin; butalbital-aspirin-caffeine=Fiorinal; "
    "acetaminophen-aspirin-caffeine=Excedrin, Excedrin Migraine"
)
_GLP1 = (
    "semaglutide=Ozempic, Wegovy, Rybelsus; liraglutide=Victoza, Saxenda; dulaglutide=Trulicity; "
    "exenatide=Byetta, Bydureon; tirzepatide=Mounjaro, Zepbound; lixisenatide=Adlyxin, Soliqua; "
    "insulin degludec-liraglutide=Xultophy"
)
_OTHERS = (
    "levothyroxine=Synthroid, Levoxyl; metformin=Glucophage; atorvastatin=Lipitor; rosuvastatin=Crestor; "
    "simvastatin=Zocor; pravastatin; amlodipine=Norvasc; losartan=Cozaar; valsartan=Diovan; hydrochlorothiazide=HCTZ; "
    "furosemide=Lasix; spironolactone=Aldactone; omeprazole=Prilosec; pantoprazole=Protonix; famotidine=Pepcid; "
    "esomeprazole=Nexium; albuterol=Ventolin, ProAir, albuterol sulfate; fluticasone=Flonase; montelukast=Singulair; "
    "cetirizine=Zyrtec; loratadine=Claritin; diphenhydramine=Benadryl; bupropion=Wellbutrin; trazodone=Desyrel; "
    "citalopram=Celexa; buspirone=Buspar; alprazolam=Xanax; lorazepam=Ativan; clonazepam=Klonopin; zolpidem=Ambien; "
    "insulin glargine=Lantus, Basaglar; insulin lispro=Humalog; glipizide=Glucotrol; empagliflozin=Jardiance; "
    "sitagliptin=Januvia; carvedilol=Coreg; vitamin D=vitamin D3, cholecalciferol; vitamin B12=cyanocobalamin; "
    "folic acid; multivitamin; fish oil; iron=ferrous sulfate; potassium chloride; estradiol; medroxyprogesterone="
    "Depo-Provera; ethinyl estradiol-norethindrone=Loestrin; amoxicillin; azithromycin=Zithromax; doxycycline; "
    "cephalexin=Keflex; hydroxyzine=Vistaril; quetiapine=Seroquel; lithium; adderall=amphetamine-dextroamphetamine; "
    "methylphenidate=Ritalin, Concerta"
)
ALLERGENS = (
    "penicillin", "amoxicillin", "sulfa", "sulfa drugs", "cephalosporins", "latex", "lidocaine", "bupivacaine",
    "local anesthetics", "epinephrine", "iodine contrast", "gadolinium contrast", "iodine", "chlorhexidine",
    "adhesive tape", "aspirin", "ibuprofen", "NSAIDs", "codeine", "morphine", "oxycodone", "hydrocodone", "tramadol",
    "vancomycin", "clindamycin", "erythromycin", "azithromycin", "ciprofloxacin", "levofloxacin", "doxycycline",
    "botulinum toxin", "eggs", "peanuts", "tree nuts", "shellfish", "soy", "milk", "bee stings", "nickel",
    "metoclopramide", "prochlorperazine", "propofol", "succinylcholine", "topiramate", "triptans",
)  # fmt: skip
"""What people are allergic to most often, local anesthetics, latex and botulinum toxin among them."""
AGENTS = (
    "Lidocaine 1 %", "Lidocaine 2 %", "Bupivacaine 0.25 %", "Bupivacaine 0.5 %", "Ropivacaine 0.2 %",
    "Lidocaine 1 % with bupivacaine 0.25 %", "Lidocaine 2 % with triamcinolone", "Bupivacaine 0.5 % with "
    "dexamethasone", "OnabotulinumtoxinA", "IncobotulinumtoxinA", "AbobotulinumtoxinA",
)  # fmt: skip
SITES = (
    "Greater occipital nerve", "Lesser occipital nerve", "Third occipital nerve",
    "Greater and lesser occipital nerves", "Supraorbital and supratrochlear nerves", "Zygomaticotemporal nerve",
    "Auriculotemporal nerve", "Head and neck, 31 sites",
)  # fmt: skip


@dataclass(frozen=True)
class Drug:
    """A drug or therapy: its generic name, the class and unit of a treatment ("" where unknown), and what it asks."""

    name: str
    treatment_class: str = ""
    unit: str = ""
    asks: frozenset[str] = frozenset()


BLOOD_THINNER, GLP1, OPIOID = "blood_thinner", "glp1", "opioid"

QUESTIONS = {
    BLOOD_THINNER: ("safety.blood_thinner", "a blood thinner", "Takes a blood thinner"),
    GLP1: ("safety.glp1", "a GLP-1 drug", "Takes a GLP-1 drug"),
    OPIOID: ("last_30_days.opioid_days", "an opioid", "Opioid days of the last 30"),
}
_WORD = re.compile(r"[^\W_]+")


def normal(name: str) -> str:
    """Return a name as it is compared: small letters, words parted by one blank."""
    return " ".join(_WORD.findall(name.casefold()))


def exactly(text: str) -> Drug | None:
    """Return the drug of which a text is a generic or brand name, None where it is none."""
    return _known().get(normal(text))


def named(text: str) -> Drug | None:
    """Return the first drug that a text names anywhere, the longest name first; None where it names none."""
    words = _WORD.findall(text.casefold())[:60]
    for start in range(len(words)):
        if found := _longest(words, start):
            return found
    return None


def begins(text: str) -> Drug | None:
    """Return the drug whose name a text begins with, None where there is none."""
    return _longest(_WORD.findall(text[:100].casefold()), 0)


def same(one: str, other: str) -> bool:
    """Tell whether two names mean the same drug, brand names included, or are written alike."""
    first, second = begins(one), begins(other)
    if first is not None and second is not None:
        return first.name == second.name
    return bool(normal(one)) and normal(one) == normal(other)


def completions(typed: str, names: Iterable[str]) -> list[str]:
    """Return the names that begin with what was typed (three letters at least), but for the one typed already."""
    start = normal(typed)
    if len(start) < 3:
        return []
    return [name for name in names if (plain := normal(name)) != start and plain.startswith(start)]


@cache
def treatment_names() -> tuple[str, ...]:
    """Return the names that a treatment may be completed to, generic and brand."""
    return tuple(dict.fromkeys(name for _, _, block in _TREATMENTS for name in _names(block)))


@cache
def medication_names() -> tuple[str, ...]:
    """Return the names that a current medication may be completed to."""
    blocks = [
        block for kind, _, block in _TREATMENTS if kind not in ("physical_therapy", "behavioral", "device")
    ]
    return tuple(
        dict.fromkeys(name for block in (*blocks, _BLOOD_THINNERS, _GLP1, _OTHERS) for name in _names(block))
    )


def questions(values: Values) -> list[tuple[str, str]]:
    """Return the questions that the current medications raise, each as path and sentence; none that is answered so.

    A drug never answers a question: a person does.
    """
    found: dict[str, tuple[str, str]] = {}
    for row in rows(as_dict(values.get("safety")), "medications"):
        name = row.get("name")
        drug = named(name) if isinstance(name, str) else None
        for kind in drug.asks if drug else ():
            path, what, label = QUESTIONS[kind]
            if path not in found and not _settled(given(values, path)):
                found[path] = (path, f"{name} is {what}: look at “{label}”{_contrary(given(values, path))}.")
    return list(found.values())


def _settled(answer: object) -> bool:
    return answer == "yes" or (isinstance(answer, int | float) and answer > 0)


def _contrary(answer: object) -> str:
    if not answered(answer):
        return ""
    return ", which is answered with " + {"no": "No", "not_asked": "Not asked"}.get(str(answer), str(answer))


def _longest(words: list[str], start: int) -> Drug | None:
    known = _known()
    for length in (5, 4, 3, 2, 1):
        if start + length <= len(words) and (found := known.get(" ".join(words[start : start + length]))):
            return found
    return None


def _names(block: str) -> list[str]:
    return [name.strip() for name in re.split("[;=,]", block) if name.strip()]


@cache
def _known() -> dict[str, Drug]:
    """Return every drug by each of its names; the class of the list of treatments, the questions of the others."""
    made: dict[str, Drug] = {}
    lists = [(kind, unit, "", block) for kind, unit, block in _TREATMENTS]
    lists += [("", "", BLOOD_THINNER, _BLOOD_THINNERS), ("", "", GLP1, _GLP1), ("", "", "", _OTHERS)]
    for kind, unit, asked, block in lists:
        asks = {asked} - {""} | ({OPIOID} if kind == "opioid" else set[str]())
        for entry in block.split(";"):
            generic, *others = _names(entry)
            before = made.get(normal(generic), Drug(generic))
            drug = Drug(generic, before.treatment_class or kind, before.unit or unit, before.asks | asks)
            made |= {normal(name): drug for name in (generic, *others)}
    return made
