"""Reads the dates and times of files as they are written. An ambiguous value is refused; nothing is assumed."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

from etl.importing.transforms.reasons import FieldError, Rule
from etl.importing.vocabulary.spelling import plain
from etl.importing.vocabulary.vocabulary_file import general

DateOrder = Literal["dmy", "mdy", "ymd"]
DATE_ORDERS: Final[tuple[DateOrder, ...]] = get_args(DateOrder)
UNIX, UNIX_MILLISECONDS, EXCEL = "unix", "unix_ms", "excel"
NUMBER_FORMATS: Final = (UNIX, UNIX_MILLISECONDS, EXCEL)
"""Formats in which a date is a bare number."""

_CENTURY_TURN: Final = 70
_SHORT_YEAR: Final = 2
_EXCEL_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook's dates have no zone
_EXCEL_SERIAL: Final = re.compile(r"\d{5}(?:\.\d+)?$")
_EXCEL_DAYS: Final = (20_000, 80_000)
_UNIX_DIGITS: Final = {UNIX: (9, 10), UNIX_MILLISECONDS: (13,)}
_COMPACT: Final = {12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
"""Digits of a time without any marks -> its format."""
_PER_SECOND: Final = {UNIX: 1, UNIX_MILLISECONDS: 1000}

_SPACES: Final = re.compile(r"[\s\u00a0\u202f\u200e\u200f]+")
_PARTS: Final = r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?!\d)"
_NUMERIC: Final = re.compile(rf"(?:[^\W\d_]+\.?,?\s+)?{_PARTS}(.*)$", re.DOTALL)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?!\d)(.*)$")
_WEEKDAY: Final = r"(?:[^\W\d_]+\.?,?\s+)?"
_DAY: Final = r"(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?"
_OF: Final = r"(?:de\s+|of\s+|del\s+)?"
_MONTH: Final = r"([^\W\d_]+)\.?"
_GAP: Final = r"[\s/.,\-]*"
_DAY_FIRST: Final = re.compile(rf"{_WEEKDAY}{_DAY}{_GAP}{_OF}{_MONTH}{_GAP}{_OF}(\d{{4}}|\d{{2}})(?!\d)(.*)$")
_MONTH_FIRST: Final = re.compile(rf"{_WEEKDAY}{_MONTH}[\s\-]+{_DAY},?[\s\-]+(\d{{4}})(?!\d)(.*)$")
_YEAR_LAST: Final = re.compile(rf"{_WEEKDAY}{_MONTH}\s+{_DAY}\s+(\d{{1,2}}:\S+)\s+(\d{{4}})$")
_YEAR_MONTH: Final = re.compile(rf"(\d{{4}}){_GAP}{_MONTH}{_GAP}(\d{{1,2}})(?!\d)(.*)$")
_CLOCK: Final = re.compile(
    r"(?:T|,|\s|-|at\b|um\b|à|às|as\b|a\s+las?\b)*\s*"
    r"(\d{1,2})(?:\s?[:h.]\s?(\d{2}))?(?:[:m.](\d{2})(?:[.,](\d{1,9}))?)?\s*(?:h|hrs?|hs|uhr|s)?\.?\s*"
    r"(?:([ap])\.?\s?m\.?|([πμ])\.?\s?μ\.?)?$",
    re.IGNORECASE,
)
_OFFSET: Final = re.compile(r"\s*(?:UTC|GMT)?\s?([+-])(\d{2}):?(\d{2})?$")
_DAY_MINUTES: Final = 24 * 60
_ZULU: Final = re.compile(r"\s*(?:UTC|GMT|Z)$")
_ZONE: Final = re.compile(r"\s*[\[(]?((?:[A-Z][A-Za-z]+/[A-Za-z_/+\-]+))[\])]?$")
_ABBREVIATION: Final = re.compile(r"\s+\(?([A-Z]{3,4})\)?$")
_BRACKETED: Final = re.compile(r"\s*\([^()]*\)$")


def parse_wall_time(text: str, formats: Iterable[str] = (), date_order: DateOrder | None = None) -> date | datetime:
    """Return the date of a text, or its time, with an offset if the text has one.

    Args:
        text: Trimmed and not blank.
        formats: `strptime` formats tried first; besides them "unix" and "unix_ms" (since 1970) and "excel" (a serial).
        date_order: What 03/04/2025 means.

    Raises:
        FieldError: If the text is no date, or the order of its parts is not known.
    """
    if len(text) in _COMPACT and text.isdecimal():
        formats = (*formats, _COMPACT[len(text)])
    for given in formats:
        value = in_format(text, given)
        if value is not None:
            return value
    try:
        return datetime.fromisoformat(text) if ":" in text or "T" in text else date.fromisoformat(text)
    except ValueError:
        return _not_iso(_SPACES.sub(" ", text).strip(), date_order)


def _not_iso(text: str, date_order: DateOrder | None) -> date | datetime:
    rest, zone = _split_zone(text)
    try:
        value = _date_and_clock(rest, date_order)
    except ValueError:
        raise FieldError(Rule.BAD_DATE) from None
    if zone is None:
        return value
    if not isinstance(value, datetime):
        raise FieldError(Rule.BAD_DATE)
    return value.replace(tzinfo=zone)


def _split_zone(text: str) -> tuple[str, tzinfo | None]:
    """Return a text without the zone at its end, and the zone."""
    if ":" not in text:
        return text, None
    if (match := _ZONE.search(text)) is not None:
        named = _named_zone(match[1])
        rest, offset = _split_zone(text[: match.start()])
        return rest, offset or named
    bare = _BRACKETED.sub("", text)
    text = bare if _OFFSET.search(bare) else text
    if (match := _OFFSET.search(text)) is not None and ":" in text[: match.start()]:
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        if minutes >= _DAY_MINUTES:
            raise FieldError(Rule.BAD_DATE)
        return text[: match.start()], timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))
    if (match := _ZULU.search(text)) is not None:
        return text[: match.start()], UTC
    match = _ABBREVIATION.search(text)
    hours = general().zones.get(match[1]) if match else None
    return (text, None) if match is None or hours is None else (text[: match.start()], timezone(timedelta(hours=hours)))


def _named_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        raise FieldError(Rule.BAD_DATE) from None


def _date_and_clock(text: str, date_order: DateOrder | None) -> date | datetime:
    """Return the value of a text without a zone.

    Raises:
        ValueError: If there is no such date or time.
    """
    if (match := _YEAR_FIRST.match(text)) is not None:
        return _with_clock(date(int(match[1]), int(match[2]), int(match[3])), match[4])
    if (match := _NUMERIC.match(text)) is not None:
        return _with_clock(_numeric(match, date_order), match[4])
    if (match := _DAY_FIRST.match(text)) is not None and (month := _month(match[2])):
        return _with_clock(date(_year(match[3]), month, int(match[1])), match[4])
    if (match := _YEAR_LAST.match(text)) is not None and (month := _month(match[1])):
        return _with_clock(date(int(match[4]), month, int(match[2])), match[3])
    if (match := _MONTH_FIRST.match(text)) is not None and (month := _month(match[1])):
        return _with_clock(date(int(match[3]), month, int(match[2])), match[4])
    if (match := _YEAR_MONTH.match(text)) is not None and (month := _month(match[2])):
        return _with_clock(date(int(match[1]), month, int(match[3])), match[4])
    raise FieldError(Rule.BAD_DATE)


def _month(word: str) -> int | None:
    return general().months.get(plain(word))


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == _SHORT_YEAR:
        year += 1900 if year >= _CENTURY_TURN else 2000
    return year


def _with_clock(day: date, rest: str) -> date | datetime:
    if not rest.strip(" ,"):
        return day
    match = _CLOCK.match(rest)
    if match is None or (match[2] is None and not rest.strip()[-1].isalpha()):
        raise FieldError(Rule.BAD_DATE)
    half = (match[5] or {"π": "a", "μ": "p"}.get((match[6] or "").lower(), "")).lower()
    hour = _hour(int(match[1]), half)
    micro = int((match[4] or "0")[:6].ljust(6, "0"))
    return datetime(day.year, day.month, day.day, hour, int(match[2] or 0), int(match[3] or 0), micro)  # noqa: DTZ001 - the zone comes later


def _hour(hour: int, half: str) -> int:
    noon = 12
    if half and not 1 <= hour <= noon:
        raise ValueError(hour)
    return hour % noon + (noon if half == "p" else 0) if half else hour


def _numeric(match: re.Match[str], date_order: DateOrder | None) -> date:
    order = date_order or numeric_order(int(match[1]), int(match[2]))
    value = None if order is None else _in_order(match, order)
    if value is None:
        raise FieldError(Rule.BAD_DATE)
    return value


def _in_order(match: re.Match[str], order: DateOrder) -> date | None:
    """Return the date that three numbers mean in an order; None if there is none."""
    first, second, third = match[1], match[2], match[3]
    if order == "ymd" and len(third) > _SHORT_YEAR:
        order = numeric_order(int(first), int(second)) or "dmy"
    day, month, year = {"dmy": (first, second, third), "mdy": (second, first, third), "ymd": (third, second, first)}[
        order
    ]
    try:
        return date(_year(f"{int(year):02d}"), int(month), int(day))
    except ValueError:
        return None


def numeric_order(first: int, second: int) -> DateOrder | None:
    """Return the order of the two parts of a date; None if both orders are possible."""
    months = 12
    if first > months >= second:
        return "dmy"
    if second > months >= first:
        return "mdy"
    return "dmy" if first == second else None


def infer_date_order(texts: Iterable[str], today: date | None = None) -> DateOrder | None:
    """Return the order of day, month and year that all dates of a column share; None if nothing shows it.

    Args:
        texts: The dates.
        today: With years of two digits, an order that puts dates behind this day is not meant.

    Raises:
        FieldError: If some dates can only be day first and others only month first.
    """
    matches = [match for text in texts if (match := _NUMERIC.match(text)) is not None]
    telling = [(int(match[1]), int(match[2])) for match in matches if match[1] != match[2]]
    orders = {order for first, second in telling if (order := numeric_order(first, second))}
    if _may_be_year_first(matches, today):
        return "ymd" if _is_year_first(matches, today) else None
    if len(orders) > 1:
        raise FieldError(Rule.BAD_DATE)
    return orders.pop() if orders else None


def shown_order(text: str) -> DateOrder | None:
    """Return the order that a date in numbers shows by itself; None if it shows none."""
    match = _NUMERIC.match(text)
    if match is None or match[1] == match[2]:
        return None
    return numeric_order(int(match[1]), int(match[2]))


def has_numeric_dates(texts: Iterable[str]) -> bool:
    """Say whether any of the texts is a date in numbers, so that the order of its parts matters."""
    return any(
        (match := _NUMERIC.match(text)) is not None and (match[1] != match[2] or len(match[3]) == _SHORT_YEAR)
        for text in texts
    )


def _may_be_year_first(matches: list[re.Match[str]], today: date | None) -> bool:
    """Say whether years of two digits may stand in front.

    They may if that makes dates of all, and there are not more different years than days: 25 in each row is a year.
    """
    if not matches or today is None or any(len(match[3]) > _SHORT_YEAR for match in matches):
        return False
    found = [_in_order(match, "ymd") for match in matches]
    if any(each is None or each > today + timedelta(days=2) for each in found):
        return False
    return len({match[1] for match in matches}) <= len({match[3] for match in matches})


def _is_year_first(matches: list[re.Match[str]], today: date | None) -> bool:
    """Say whether no other order makes dates of all that are not in the future."""
    latest = (today or date.max - timedelta(days=2)) + timedelta(days=2)
    return not any(
        all((found := _in_order(match, order)) is not None and found <= latest for match in matches)
        for order in ("dmy", "mdy")
    )


def in_format(text: str, given: str) -> date | datetime | None:
    """Return the date of a text in one format; None if the text is not written so."""
    if given in _UNIX_DIGITS:
        number = text.removesuffix(".0")
        if not number.isdecimal() or len(number) not in _UNIX_DIGITS[given]:
            return None
        return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(number) * 1000 // _PER_SECOND[given])
    if given == EXCEL:
        return _of_serial(text)
    try:
        value = datetime.strptime(text, given)  # noqa: DTZ007 - the zone comes later
    except ValueError:
        return None
    has_time = any(part in given for part in ("%H", "%I", "%c", "%X", "%T", "%R"))
    return value if has_time else value.date()


def _of_serial(text: str) -> date | datetime | None:
    """Return what a workbook's serial number means: days since the end of 1899."""
    number = text.replace(",", ".")
    if _EXCEL_SERIAL.match(number) is None or not _EXCEL_DAYS[0] <= float(number) <= _EXCEL_DAYS[1]:
        return None
    days, _, part = number.partition(".")
    value = _EXCEL_ZERO + timedelta(days=int(days), seconds=round(float(f"0.{part or 0}") * 86_400))
    return value if part.strip("0") else value.date()
