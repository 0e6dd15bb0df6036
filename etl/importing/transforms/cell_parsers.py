"""One small function per field that turns a cell into what PostgreSQL reads."""

from collections.abc import Callable, Mapping
from typing import Final

from etl.importing.transforms.instants import InstantReader
from etl.importing.transforms.reasons import FieldError, Rule
from etl.importing.transforms.ticket_fields import FieldKind, TicketField, word_key

CellParser = Callable[[str], str]

NULL: Final = "\x02\x02"
"""Means null in the text for COPY. Compare with `is`: a cell may hold the same characters, which are escaped later."""

_CACHE_SIZE: Final = 20_000
_LONGEST_REMEMBERED: Final = 300
_BEST_RATING: Final = 5.0


def cell_parser(
    ticket_field: TicketField, values: Mapping[str, str], blanks: frozenset[str], instants: InstantReader | None
) -> CellParser:
    """Return the function that reads the cells of a field.

    Args:
        ticket_field: The field.
        values: Value in the file -> value of the desk; case and punctuation do not matter.
        blanks: Trimmed values that count as blank.
        instants: Reads dates and times; only needed for fields that hold them.

    The function raises FieldError for a cell that breaks a rule.
    """
    default = NULL if ticket_field.default is None else ticket_field.default
    if ticket_field.kind is FieldKind.INSTANT and instants is not None:
        return _instant_parser(blanks, instants)
    if ticket_field.kind is FieldKind.TEXT:
        if ticket_field.name == "customer_email":
            return _remembered(_email_parser(ticket_field, blanks, default))
        return _text_parser(ticket_field.limit, blanks, default)
    translated = {word_key(given): wanted for given, wanted in values.items()}
    return _remembered(_word_parser(ticket_field, translated, blanks, default))


def _text_parser(limit: int, blanks: frozenset[str], default: str) -> CellParser:
    def parse(cell: str) -> str:
        text = cell.strip()
        if len(text) > limit:
            raise FieldError(Rule.TOO_LONG)
        return default if text in blanks else text

    return parse


def _email_parser(ticket_field: TicketField, blanks: frozenset[str], default: str) -> CellParser:
    plain = _text_parser(ticket_field.limit, blanks, default)

    def parse(cell: str) -> str:
        text = plain(cell)
        return text.lower() if "@" in text else text

    return parse


def _word_parser(
    ticket_field: TicketField, translated: Mapping[str, str], blanks: frozenset[str], default: str
) -> CellParser:
    words = ticket_field.words
    limit = ticket_field.limit

    def parse(cell: str) -> str:
        text = cell.strip()
        if text in blanks:
            return default
        key = word_key(text)
        text = translated.get(key, text)
        if ticket_field.kind is FieldKind.RATING:
            return words.get(word_key(text)) or _whole_rating(text)
        if words:
            text = words.get(word_key(text), "")
            if not text:
                raise FieldError(Rule.UNKNOWN_VALUE)
        elif len(text) > limit:
            raise FieldError(Rule.TOO_LONG)
        return text

    return parse


def _whole_rating(text: str) -> str:
    try:
        rating = float(text)
    except ValueError:
        raise FieldError(Rule.UNKNOWN_VALUE) from None
    if not 1 <= rating <= _BEST_RATING or rating != int(rating):
        raise FieldError(Rule.BAD_NUMBER)
    return str(int(rating))


def _instant_parser(blanks: frozenset[str], instants: InstantReader) -> CellParser:
    def parse(cell: str) -> str:
        text = cell.strip()
        return NULL if text in blanks else instants.read(text).text

    return parse


def _remembered(parse: CellParser) -> CellParser:
    """Remember the results, because the same values come again and again."""
    known: dict[str, str] = {}

    def remembering(cell: str) -> str:
        answer = known.get(cell)
        if answer is None:
            answer = parse(cell)
            if len(cell) > _LONGEST_REMEMBERED:
                return answer
            if len(known) >= _CACHE_SIZE:
                known.clear()
            known[cell] = answer
        return answer

    return remembering
