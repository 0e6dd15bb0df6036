"""Languages by name, for those who read a ticket."""

from typing import Final

_LANGUAGES: Final = {
    "af": "Afrikaans",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "nl": "Dutch",
    "nr": "isiNdebele",
    "nso": "Sepedi",
    "ny": "Chichewa",
    "pt": "Portuguese",
    "sn": "Shona",
    "ss": "siSwati",
    "st": "Sesotho",
    "sw": "Swahili",
    "tn": "Setswana",
    "ts": "Xitsonga",
    "ve": "Tshivenda",
    "xh": "isiXhosa",
    "zu": "isiZulu",
}


def language_name(code: str) -> str:
    """Return the name of a language from its ISO 639 code; a code that is not known here stays as it is."""
    return _LANGUAGES.get(code.lower(), code)
