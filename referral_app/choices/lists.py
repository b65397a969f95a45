"""Languages and states by their codes."""

from __future__ import annotations

# fmt: off
LANGUAGES: dict[str, str] = {
    "en": "English", "es": "Spanish", "ab": "Abkhazian", "aa": "Afar", "af": "Afrikaans", "ak": "Akan",
    "sq": "Albanian", "am": "Amharic", "ar": "Arabic", "an": "Aragonese", "hy": "Armenian", "as": "Assamese",
    "av": "Avaric", "ae": "Avestan", "ay": "Aymara", "az": "Azerbaijani", "bm": "Bambara", "ba": "Bashkir",
    "eu": "Basque", "be": "Belarusian", "bn": "Bengali", "bi": "Bislama", "bs": "Bosnian", "br": "Breton",
    "bg": "Bulgarian", "my": "Burmese", "ca": "Catalan", "ch": "Chamorro", "ce": "Chechen", "ny": "Chichewa",
    "zh": "Chinese", "cu": "Church Slavonic", "cv": "Chuvash", "kw": "Cornish", "co": "Corsican", "cr": "Cree",
    "hr": "Croatian", "cs": "Czech", "da": "Danish", "dv": "Dhivehi", "nl": "Dutch", "dz": "Dzongkha",
    "eo": "Esperanto", "et": "Estonian", "ee": "Ewe", "fo": "Faroese", "fj": "Fijian", "fi": "Finnish",
    "fr": "French", "ff": "Fulah", "gl": "Galician", "lg": "Ganda", "ka": "Georgian", "de": "German",
    "el": "Greek", "gn": "Guarani", "gu": "Gujarati", "ht": "Haitian Creole", "ha": "Hausa", "he": "Hebrew",
    "hz": "Herero", "hi": "Hindi", "ho": "Hiri Motu", "hu": "Hungarian", "is": "Icelandic", "io": "Ido",
    "ig": "Igbo", "id": "Indonesian", "ia": "Interlingua", "ie": "Interlingue", "iu": "Inuktitut",
    "ik": "Inupiaq", "ga": "Irish", "it": "Italian", "ja": "Japanese", "jv": "Javanese", "kl": "Kalaallisut",
    "kn": "Kannada", "kr": "Kanuri", "ks": "Kashmiri", "kk": "Kazakh", "km": "Khmer", "ki": "Kikuyu",
    "rw": "Kinyarwanda", "kv": "Komi", "kg": "Kongo", "ko": "Korean", "kj": "Kuanyama", "ku": "Kurdish",
    "ky": "Kyrgyz", "lo": "Lao", "la": "Latin", "lv": "Latvian", "li": "Limburgish", "ln": "Lingala",
    "lt": "Lithuanian", "lu": "Luba-Katanga", "lb": "Luxembourgish", "mk": "Macedonian", "mg": "Malagasy",
    "ms": "Malay", "ml": "Malayalam", "mt": "Maltese", "gv": "Manx", "mi": "Maori", "mr": "Marathi",
    "mh": "Marshallese", "mn": "Mongolian", "na": "Nauru", "nv": "Navajo", "ng": "Ndonga", "ne": "Nepali",
    "nd": "North Ndebele", "se": "Northern Sami", "no": "Norwegian", "nb": "Norwegian Bokmål",
    "nn": "Norwegian Nynorsk", "oc": "Occitan", "or": "Odia", "oj": "Ojibwa", "om": "Oromo", "os": "Ossetian",
    "pi": "Pali", "ps": "Pashto", "fa": "Persian", "pl": "Polish", "pt": "Portuguese", "pa": "Punjabi",
    "qu": "Quechua", "ro": "Romanian", "rm": "Romansh", "rn": "Rundi", "ru": "Russian", "sm": "Samoan",
    "sg": "Sango", "sa": "Sanskrit", "sc": "Sardinian", "gd": "Scottish Gaelic", "sr": "Serbian", "sn": "Shona",
    "ii": "Sichuan Yi", "sd": "Sindhi", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "so": "Somali",
    "nr": "South Ndebele", "st": "Southern Sotho", "su": "Sundanese", "sw": "Swahili", "ss": "Swati",
    "sv": "Swedish", "tl": "Tagalog", "ty": "Tahitian", "tg": "Tajik", "ta": "Tamil", "tt": "Tatar",
    "te": "Telugu", "th": "Thai", "bo": "Tibetan", "ti": "Tigrinya", "to": "Tongan", "ts": "Tsonga",
    "tn": "Tswana", "tr": "Turkish", "tk": "Turkmen", "tw": "Twi", "uk": "Ukrainian", "ur": "Urdu",
    "ug": "Uyghur", "uz": "Uzbek", "ve": "Venda", "vi": "Vietnamese", "vo": "Volapük", "wa": "Walloon",
    "cy": "Welsh", "fy": "Western Frisian", "wo": "Wolof", "xh": "Xhosa", "yi": "Yiddish", "yo": "Yoruba",
    "za": "Zhuang", "zu": "Zulu",
}
# fmt: on
"""All ISO 639-1 codes with their English names, by name after the two most frequent here."""

# fmt: off
STATES = frozenset((
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS",
    "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC",
    "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY",
    "AS", "GU", "MP", "PR", "VI", "AA", "AE", "AP",
))
"""Postal codes of the states, territories and military mail of the United States."""

STATE_NAMES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "district of columbia": "DC", "florida": "FL", "georgia": "GA",
    "hawaii": "HI", "idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY",
    "louisiana": "LA", "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN",
    "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV", "new hampshire": "NH",
    "new jersey": "NJ", "new mexico": "NM", "new york": "NY", "north carolina": "NC", "north dakota": "ND",
    "ohio": "OH", "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA", "rhode island": "RI",
    "south carolina": "SC", "south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT",
    "virginia": "VA", "washington": "WA", "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY",
    "puerto rico": "PR", "guam": "GU", "american samoa": "AS",
}
# fmt: on
"""The postal codes of states and territories by their names in small letters."""
