"""The bundled diagnosis codes of headache and neck, a short list of ICD-10-CM with official titles.

Source: ICD-10-CM, release April 2026 (CDC, free of rights), the leaves of reference/clinical.md section 5.1; a test
compares them with the package simple-icd-10-cm. Codes outside the list are accepted by their form alone.
"""

from __future__ import annotations

import re

RELEASE = "ICD-10-CM, April 2026"

TITLES: dict[str, str] = {
    "M54.81": "Occipital neuralgia",
    "G44.86": "Cervicogenic headache",
    "G43.709": "Chronic migraine without aura, not intractable, without status migrainosus",
    "G43.719": "Chronic migraine without aura, intractable, without status migrainosus",
    "G43.701": "Chronic migraine without aura, not intractable, with status migrainosus",
    "G43.711": "Chronic migraine without aura, intractable, with status migrainosus",
    "G43.E09": "Chronic migraine with aura, not intractable, without status migrainosus",
    "G43.E19": "Chronic migraine with aura, intractable, without status migrainosus",
    "G43.E01": "Chronic migraine with aura, not intractable, with status migrainosus",
    "G43.E11": "Chronic migraine with aura, intractable, with status migrainosus",
    "G43.009": "Migraine without aura, not intractable, without status migrainosus",
    "G43.019": "Migraine without aura, intractable, without status migrainosus",
    "G43.109": "Migraine with aura, not intractable, without status migrainosus",
    "G43.119": "Migraine with aura, intractable, without status migrainosus",
    "G43.409": "Hemiplegic migraine, not intractable, without status migrainosus",
    "G43.419": "Hemiplegic migraine, intractable, without status migrainosus",
    "G43.809": "Other migraine, not intractable, without status migrainosus",
    "G43.819": "Other migraine, intractable, without status migrainosus",
    "G43.829": "Menstrual migraine, not intractable, without status migrainosus",
    "G43.839": "Menstrual migraine, intractable, without status migrainosus",
    "G43.909": "Migraine, unspecified, not intractable, without status migrainosus",
    "G43.919": "Migraine, unspecified, intractable, without status migrainosus",
    "G44.209": "Tension-type headache, unspecified, not intractable",
    "G44.201": "Tension-type headache, unspecified, intractable",
    "G44.219": "Episodic tension-type headache, not intractable",
    "G44.211": "Episodic tension-type headache, intractable",
    "G44.229": "Chronic tension-type headache, not intractable",
    "G44.221": "Chronic tension-type headache, intractable",
    "G44.309": "Post-traumatic headache, unspecified, not intractable",
    "G44.319": "Acute post-traumatic headache, not intractable",
    "G44.329": "Chronic post-traumatic headache, not intractable",
    "G44.301": "Post-traumatic headache, unspecified, intractable",
    "G44.311": "Acute post-traumatic headache, intractable",
    "G44.321": "Chronic post-traumatic headache, intractable",
    "G44.40": "Drug-induced headache, not elsewhere classified, not intractable",
    "G44.41": "Drug-induced headache, not elsewhere classified, intractable",
    "G44.009": "Cluster headache syndrome, unspecified, not intractable",
    "G44.019": "Episodic cluster headache, not intractable",
    "G44.029": "Chronic cluster headache, not intractable",
    "G44.51": "Hemicrania continua",
    "G44.52": "New daily persistent headache (NDPH)",
    "G44.53": "Primary thunderclap headache",
    "G44.59": "Other complicated headache syndrome",
    "G44.81": "Hypnic headache",
    "G44.82": "Headache associated with sexual activity",
    "G44.83": "Primary cough headache",
    "G44.84": "Primary exertional headache",
    "G44.85": "Primary stabbing headache",
    "G44.89": "Other headache syndrome",
    "R51.0": "Headache with orthostatic component, not elsewhere classified",
    "R51.9": "Headache, unspecified",
    "G50.0": "Trigeminal neuralgia",
    "G50.1": "Atypical facial pain",
    "G50.8": "Other disorders of trigeminal nerve",
    "G50.9": "Disorder of trigeminal nerve, unspecified",
    "G52.1": "Disorders of glossopharyngeal nerve",
    "G52.8": "Disorders of other specified cranial nerves",
    "G52.9": "Cranial nerve disorder, unspecified",
    "G54.2": "Cervical root disorders, not elsewhere classified",
    "G58.8": "Other specified mononeuropathies",
    "G58.9": "Mononeuropathy, unspecified",
    "M79.2": "Neuralgia and neuritis, unspecified",
    "M54.2": "Cervicalgia",
    "M54.11": "Radiculopathy, occipito-atlanto-axial region",
    "M54.12": "Radiculopathy, cervical region",
    "M53.0": "Cervicocranial syndrome",
    "M47.812": "Spondylosis without myelopathy or radiculopathy, cervical region",
    "M31.5": "Giant cell arteritis with polymyalgia rheumatica",
    "M31.6": "Other giant cell arteritis",
    "Z79.01": "Long term (current) use of anticoagulants",
    "Z79.02": "Long term (current) use of antithrombotics/antiplatelets",
    "Z91.040": "Latex allergy status",
    "Z98.890": "Other specified postprocedural states",
    "G89.29": "Other chronic pain",
    "G89.4": "Chronic pain syndrome",
    "F07.81": "Postconcussional syndrome",
}
"""Leaf codes, the usual ones first, with their official titles."""

FORM = r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?"
_FORM = re.compile(FORM)
_PLAIN = {code.replace(".", "") for code in TITLES}
_HEADINGS = {plain[:length] for plain in _PLAIN for length in range(3, len(plain))} - _PLAIN
_INSTEAD = {"G44.847": "G44.86"}


def title(code: str) -> str | None:
    """Return the official title of a bundled code, or None where the code is not in the list."""
    return TITLES.get(code)


def read(text: str) -> str:
    """Return a code as it is stored, "M54.81" from "m5481"; what is no code comes back as it is."""
    plain = re.sub(r"[\s.]", "", text).upper()
    code = f"{plain[:3]}.{plain[3:]}" if len(plain) > 3 else plain
    return code if _FORM.fullmatch(code) else text


def problem(code: str) -> str:
    """Return what is wrong with a code as one sentence, "" where nothing is.

    Refused are what has not the form of a code, headings (R51), and extensions of a code that has none (G44.847).
    """
    if not _FORM.fullmatch(code):
        return "Type a code such as M54.81."
    plain = code.replace(".", "")
    if plain in _PLAIN:
        return ""
    if plain in _HEADINGS:
        return f"{code} is a heading and cannot be used alone; choose a longer code, such as {_below(plain)}."
    if any(plain[:length] in _PLAIN for length in range(3, len(plain))):
        better = _INSTEAD.get(code)
        return f"{code} is not in {RELEASE}" + (f"; use {better}, {TITLES[better]}." if better else ".")
    return ""


def search(text: str, limit: int = 20) -> list[tuple[str, str]]:
    """Return up to `limit` bundled codes with titles: by the beginning of a code, or by words in any order."""
    plain = re.sub(r"[\s.]", "", text).upper()
    words = text.lower().split()
    by_code = [code for code in TITLES if plain and code.replace(".", "").startswith(plain)]
    by_word = [code for code, name in TITLES.items() if code not in by_code and _has(name.lower(), words)]
    return [(code, TITLES[code]) for code in (by_code + by_word)[:limit]]


def _has(name: str, words: list[str]) -> bool:
    return all(word in name for word in words)


def _below(plain: str) -> str:
    return next(code for code in TITLES if code.replace(".", "").startswith(plain))
