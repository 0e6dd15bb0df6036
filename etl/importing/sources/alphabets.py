"""The letters beyond A to Z with which languages are written, to tell text encodings apart."""

from typing import Final

_CYRILLIC: Final = "абвгдежзийклмнопрстуфхцчшщъыьэюя"

ALPHABETS: Final = (
    "äöüßéèàç",  # German, with its French words
    "éèêëàâçîïôùûüœæÿ",  # French
    "áéíóúñü",  # Spanish
    "áâãàçéêíóôõúü",  # Portuguese
    "àèéìòùî",  # Italian
    "àçèéíïòóúü",  # Catalan
    "éëïóöüáèê",  # Dutch and Afrikaans
    "åäöé",  # Swedish and Finnish
    "æøåéèêòóôü",  # Danish and Norwegian
    "áéíóúýþæöð",  # Icelandic
    "ôšêë",  # Setswana and Sepedi
    "ąćęłńóśźż",  # Polish
    "áčďéěíňóřšťúůýž",  # Czech
    "áäčďéíĺľňóôŕšťúýž",  # Slovak
    "áéíóöőúüű",  # Hungarian
    "ăâîșțşţ",  # Romanian
    "čćđšž",  # Croatian, Slovenian, Serbian in Latin letters
    "çğıöşüİâî",  # Turkish
    "āčēģīķļņšūž",  # Latvian
    "ąčęėįšųūž",  # Lithuanian
    "äõöüšž",  # Estonian
    "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ",  # Greek
    _CYRILLIC + "ё",  # Russian, Bulgarian
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'",  # Ukrainian
    "абвгдђежзијклљмнњопрстћуфхцчџш",  # Serbian
    "אבגדהוזחטיךכלםמןנסעףפץצקרשת",  # Hebrew
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي",  # Arabic
)
"""Small letters of one language each. Letters that occur in borrowed words alone are left out."""

MARKS: Final = "’‘“”„‚«»‹›–—…•·€£§°©®™¿¡ºª²³½¼¾±×\xa0\xad"
"""Marks that stand in the texts of any language."""

FREQUENT_LETTERS: Final = ("оеаинтрсі", "αοιετνσρπλήέ", "יולהאמרתש", "اليمنتره")
"""Half of the letters or more of a text in one of these scripts."""

JOINING: Final = "’‘–—…·\xad"
"""Marks that may stand between two letters."""

CLOSING: Final = "²³ªº®™°»”"
"""Marks behind which no letter comes."""
