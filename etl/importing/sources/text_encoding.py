"""Tells in which encoding a text is written: by its marks, else by which encoding makes it read like a language."""

import codecs
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from charset_normalizer import from_bytes

from etl.importing.sources.alphabets import ALPHABETS, CLOSING, FREQUENT_LETTERS, JOINING, MARKS
from etl.importing.sources.errors import EncodingError, FileKindError

SAMPLE_BYTES: Final = 256 * 1024
LONE_SURROGATE: Final = "lone_surrogate"
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE: Final = (
    *("cp1252", "iso8859-15", "cp1250", "cp1251", "cp1254", "cp1257", "cp1253", "iso8859-2", "koi8-r", "koi8-u"),
    *("iso8859-5", "cp850", "cp852", "cp866", "mac-roman", "cp1255", "cp1256"),
)
_SIGNS: Final = ("cp932", "euc_jp", "cp949", "gb18030", "big5")
_USUAL_ORDER: Final = (*_SINGLE_BYTE, *_SIGNS)
"""Most usual first: of encodings that fit equally well the first is taken."""
_FIRST_RARE: Final = {"gb18030": b"\xd8\xa1", "big5": b"\xc9\x40"}
"""From here on these encodings have their second level of signs, which are rare in texts."""
_LAST_EXTENSION: Final = 0xA0
"""GB 2312 has only second bytes beyond this; those up to it came later, for rare signs."""
_CHINESE_COUNTS: Final = 0.98
_ONE_IN: Final = 5
_CLEAR: Final = 0.85
_FITS_AS_WELL: Final = 0.01
_FREQUENT_SHARE: Final = 0.45
_LAST_LATIN: Final = "\u024f"
_MOST_CHAOS: Final = 0.02
_BINARY_SHARE: Final = 0.05
_WIDE_SHARE: Final = 0.1
_EXAMPLE_WIDTH: Final = 30
_NAME_IT: Final = "Name it with --encoding, for example --encoding cp1252."


def _as_lone_surrogate(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\udcff", error.end


codecs.register_error(LONE_SURROGATE, _as_lone_surrogate)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How much of a text reads like a language in one encoding: 0 to 1."""

    encoding: str
    likelihood: float


def detect_encoding(sample: bytes) -> str:
    """Return the Python name of the encoding of a text that begins with `sample`.

    A sample that is valid UTF-8 is taken for UTF-8, also if it is plain ASCII. Rows further down that are not valid
    UTF-8 go to quarantine.

    Raises:
        FileKindError: If the file is not a text file.
        EncodingError: If no encoding fits, or several fit and read differently.
    """
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    if wide := _wide_encoding(sample):
        return wide
    if _is_utf8(sample):
        return "utf-8"
    control = sum(sample.count(bytes([code])) for code in (*range(9), *range(14, 27), *range(28, 32)))
    if control > len(sample) * _BINARY_SHARE:
        message = "This is not a text file."
        raise FileKindError(message, "Import CSV, TSV, XLSX or JSON, each also gzipped or in a ZIP file.")
    return _likeliest(sample)


def error_handler(encoding: str) -> str:
    """Return the name of the error handler that makes lone surrogates of bytes that break the encoding."""
    is_wide = encoding.replace("_", "-").startswith(("utf-16", "utf-32"))
    return LONE_SURROGATE if is_wide else "surrogateescape"


def check_encoding(name: str) -> str:
    """Return an encoding's Python name.

    Raises:
        EncodingError: If there is no text encoding of that name.
    """
    try:
        found = codecs.lookup(name)
        "".encode(found.name)
    except (LookupError, ValueError) as error:
        message = f"There is no text encoding {name!r}."
        raise EncodingError(message, "Use a name such as utf-8, cp1252 or iso-8859-1.") from error
    return found.name


def _wide_encoding(sample: bytes) -> str | None:
    """Return the UTF-16 without a mark in which the sample is written: every second byte of its Latin text is 0."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    least = max(2, len(sample) // 2 * _WIDE_SHARE)
    if odd >= least and even * 10 < odd:
        return "utf-16-le"
    if even >= least and odd * 10 < even:
        return "utf-16-be"
    return None


def _is_utf8(sample: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _likeliest(sample: bytes) -> str:
    readings = sorted(_readings(sample), key=lambda each: -each.likelihood)
    best = readings[0].likelihood if readings else 0.0
    alike = [each for each in readings if each.likelihood >= best - _FITS_AS_WELL]
    if best >= _CLEAR:
        return min(alike, key=lambda each: _USUAL_ORDER.index(each.encoding)).encoding
    found = from_bytes(sample).best()
    if found is None or not found.multi_byte_usage or not found.coherence or found.chaos > _MOST_CHAOS:
        raise _not_clear(sample, readings)
    return found.encoding


def _readings(sample: bytes) -> Iterator[_Reading]:
    # The last line may be cut off within a character.
    lines = sample.splitlines(keepends=True)
    special = b"".join(line for line in lines[: max(1, len(lines) - 1)] if not line.isascii()) or sample
    for encoding in _USUAL_ORDER:
        try:
            text = special.decode(encoding)
        except UnicodeDecodeError:
            continue
        likelihood = _likelihood_of_signs(text, encoding) if encoding in _SIGNS else _likelihood(text)
        yield _Reading(encoding, likelihood)


def _likelihood_of_signs(text: str, encoding: str) -> float:
    """Return the share of signs that are usual in Japanese, Korean or Chinese, whichever the encoding is for."""
    signs = [each for each in text if each > "\x7f"]
    kana = sum("\u3041" <= each <= "\u30fe" for each in signs)
    marks = sum("\u3000" <= each <= "\u303f" or "\uff01" <= each <= "\uff5e" for each in signs)
    if encoding in _FIRST_RARE:
        # A text in Korean can be read as Chinese, but not the other way round, so Chinese counts a little less.
        usual = sum(_is_usual(each.encode(encoding), encoding) for each in signs) * _CHINESE_COUNTS
    elif encoding == "cp949":
        usual = marks + sum("\uac00" <= each <= "\ud7a3" for each in signs)
    else:
        ideographs = sum("\u4e00" <= each <= "\u9fff" for each in signs)
        usual = kana + ideographs + marks if kana * _ONE_IN >= len(signs) else 0
    return usual / max(1, len(signs))


def _is_usual(sign: bytes, encoding: str) -> bool:
    """Say whether a sign is of the first level of its standard."""
    is_pair = len(sign) == 2 and (encoding == "big5" or sign[1] > _LAST_EXTENSION)  # noqa: PLR2004 - bytes of a sign
    return is_pair and sign < _FIRST_RARE[encoding]


def _likelihood(text: str) -> float:
    """Return the share of the letters and marks beyond ASCII that the best fitting language explains."""
    found = Counter(zip(text, text[1:] + " ", " " + text[:-1], strict=True))
    special = [(letter, after, before, count) for (letter, after, before), count in found.items() if letter > "\x7f"]
    total = sum(count for *_, count in special)
    marks = sum(
        count for each, after, before, count in special if each in MARKS and not _is_inside(each, before, after)
    )
    letters: Counter[str] = Counter()
    for each, after, before, count in special:
        if each.isalpha() and not _is_odd(each, before, after):
            letters[each.lower() if len(each.lower()) == 1 else each] += count
    return (marks + max(_explained(letters, alphabet) for alphabet in ALPHABETS)) / max(1, total)


def _explained(letters: Counter[str], alphabet: str) -> float:
    """Return how many letters are of an alphabet; fewer if it is not Latin and its most frequent letters are rare."""
    count = sum(letters[each] for each in alphabet)
    frequent = next((each for each in FREQUENT_LETTERS if each[0] in alphabet), "")
    if not frequent or not count:
        return count
    return count * min(1.0, sum(letters[each] for each in frequent) / count / _FREQUENT_SHARE)


def _is_odd(letter: str, before: str, after: str) -> bool:
    """Say whether no language has the letter there: a capital behind a small letter, two scripts in one word."""
    is_foreign = letter > _LAST_LATIN and any(each.isascii() and each.isalpha() for each in (before, after))
    return is_foreign or (letter.isupper() and before.islower())


def _is_inside(mark: str, before: str, after: str) -> bool:
    """Say whether a mark stands where no text has it, inside a word."""
    return mark not in JOINING and after.isalpha() and (before.isalpha() or mark in CLOSING)


def _not_clear(sample: bytes, readings: list[_Reading]) -> EncodingError:
    place = next((number for number, line in enumerate(sample.splitlines(), 1) if not line.isascii()), 1)
    candidates = ", ".join(each.encoding for each in readings[:3])
    message = f"The text encoding of the file is not clear from its letters (line {place} has the first)."
    likely = f"Likeliest: {candidates}. " if candidates else ""
    return EncodingError(message, f"{likely}{_NAME_IT}")
