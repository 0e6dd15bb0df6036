"""One small function per field that turns a cell into what PostgreSQL reads."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from etl.importing.transforms.cell_rules import NULL, CellParser, CellRules, blank_check, default_of
from etl.importing.transforms.durations import parse_duration
from etl.importing.transforms.instants import InstantReader
from etl.importing.transforms.list_items import json_items
from etl.importing.transforms.name_parsers import address_parser, agent_parser, name_parser, person_parser
from etl.importing.transforms.ratings import read_rating
from etl.importing.transforms.reasons import FieldError, Rule
from etl.importing.transforms.words import word_reader
from etl.importing.vocabulary.spelling import word_key
from etl.importing.vocabulary.ticket_fields import FieldKind, TicketField
from etl.importing.vocabulary.vocabulary_file import general

LEFT: Final = "left"
"""A verdict in the form of time left: met, once the ticket is solved."""

_CACHE_SIZE: Final = 20_000
_LONGEST_REMEMBERED: Final = 300
_MOST_TAGS: Final = 100
_LARGEST_COUNT: Final = 2_000_000_000
_TAGS: Final = re.compile(r"[\n;,|]+")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?$")


def cell_parser(ticket_field: TicketField, rules: CellRules, instants: InstantReader | None) -> CellParser:
    """Return the function that reads the cells of a field.

    Args:
        ticket_field: The field.
        rules: How the file writes its cells.
        instants: Reads dates and times; only needed for fields that hold them.

    The function raises FieldError for a cell that breaks a rule.
    """
    if ticket_field.kind is FieldKind.INSTANT:
        if instants is None:
            raise TypeError(ticket_field.name)
        return _instant_parser(ticket_field, rules, instants)
    parse = _PARSERS[ticket_field.kind](ticket_field, rules)
    return parse if ticket_field.kind is FieldKind.TEXT else _remembered(parse)


def _text_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    limit, default, blanks = ticket_field.limit, default_of(ticket_field), rules.blanks

    def parse(cell: str) -> str:
        text = cell.strip()
        if len(text) > limit:
            raise FieldError(Rule.TOO_LONG, text[:limit] if default == "" else None)
        return default if text in blanks else text

    return parse


def _word_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    read, is_blank = word_reader(ticket_field, rules.values), blank_check(ticket_field, rules)
    unknown = "other" if ticket_field.name == "channel" else None

    def parse(cell: str) -> str:
        text = cell.strip()
        known = read(text)
        if known is None:
            if is_blank(text):
                return NULL
            raise FieldError(Rule.UNKNOWN_VALUE, unknown)
        return known or NULL

    return parse


def _flag_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    parse, default = _word_parser(ticket_field, rules), default_of(ticket_field)

    def parse_flag(cell: str) -> str:
        flag = parse(cell)
        return default if flag is NULL else flag

    return parse_flag


def _verdict_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    read, is_blank = word_reader(ticket_field, rules.values), blank_check(ticket_field, rules)
    turned = {"t": "f", "f": "t"} if ticket_field.name == "source_sla_breached" else {}

    def parse(cell: str) -> str:
        text = cell.strip()
        known = read(text)
        if known is not None:
            return turned.get(known, known) or NULL
        if is_blank(text):
            return NULL
        try:
            seconds = parse_duration(text, "seconds")
        except FieldError:
            raise FieldError(Rule.UNKNOWN_VALUE) from None
        return "f" if seconds < 0 or text.startswith("-") else LEFT

    return parse


def _rating_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    read, is_blank = word_reader(ticket_field, rules.values), blank_check(ticket_field, rules)

    def parse(cell: str) -> str:
        text = cell.strip()
        known = read(text)
        if known is None:
            return NULL if is_blank(text) else read_rating(text, rules.scale)
        return known or NULL

    return parse


def _duration_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    is_blank = blank_check(ticket_field, rules)

    def parse(cell: str) -> str:
        text = cell.strip()
        if is_blank(text):
            return NULL
        seconds = parse_duration(text, rules.unit)
        if not 0 <= seconds <= _LARGEST_COUNT:
            raise FieldError(Rule.BAD_NUMBER)
        return str(seconds)

    return parse


def _count_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    is_blank = blank_check(ticket_field, rules)
    blank = {word_key(word): value for word, value in rules.values.items()}.get("", NULL)

    def parse(cell: str) -> str:
        text = cell.strip()
        if is_blank(text):
            return blank or NULL
        if _NUMBER.match(text) is None or not (number := float(text.replace(",", "."))).is_integer():
            raise FieldError(Rule.BAD_NUMBER)
        if not 0 <= number <= _LARGEST_COUNT:
            raise FieldError(Rule.BAD_NUMBER)
        return str(int(number))

    return parse


def _tag_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    is_blank, separator = blank_check(ticket_field, rules), rules.separator

    def items_of(text: str) -> list[str]:
        items = json_items(text)
        if items is None:
            parts = text.split(separator) if separator else _TAGS.split(text.strip("[]"))
            items = [part.strip().strip("\"'") for part in parts]
        return [item for each in items if (item := each.strip())]

    def parse(cell: str) -> str:
        text = cell.strip()
        if is_blank(text):
            return NULL
        tags = list(dict.fromkeys(items_of(text)))
        if len(tags) > _MOST_TAGS or any(len(tag) > ticket_field.limit for tag in tags):
            raise FieldError(Rule.TOO_LONG)
        quoted = (tag.replace("\\", "\\\\").replace('"', '\\"') for tag in tags)
        return "{" + ",".join(f'"{tag}"' for tag in quoted) + "}"

    return parse


def _instant_parser(ticket_field: TicketField, rules: CellRules, instants: InstantReader) -> CellParser:
    is_blank = blank_check(ticket_field, rules)
    nothing = frozenset() if ticket_field.name == "created_at" else general().blank_dates
    blanks, read = rules.blanks, instants.read

    def parse(cell: str) -> str:
        text = cell.strip()
        try:
            return NULL if text in blanks else read(text).text
        except FieldError:
            if text in nothing or is_blank(text):
                return NULL
            raise

    return parse


_PARSERS: Final[Mapping[FieldKind, Callable[[TicketField, CellRules], CellParser]]] = {
    FieldKind.TEXT: _text_parser,
    FieldKind.ADDRESS: address_parser,
    FieldKind.PERSON: person_parser,
    FieldKind.NAME: name_parser,
    FieldKind.AGENT: agent_parser,
    FieldKind.WORD: _word_parser,
    FieldKind.FLAG: _flag_parser,
    FieldKind.VERDICT: _verdict_parser,
    FieldKind.RATING: _rating_parser,
    FieldKind.DURATION: _duration_parser,
    FieldKind.COUNT: _count_parser,
    FieldKind.TAGS: _tag_parser,
}


def _remembered(parse: CellParser) -> CellParser:
    """Remember the results, because the same values come again and again."""
    known: dict[str, str] = {}
    refused: dict[str, FieldError] = {}

    def read(cell: str) -> str:
        error = refused.get(cell)
        if error is not None:
            raise FieldError(error.code, error.usable)
        try:
            answer = parse(cell)
        except FieldError as found:
            if len(cell) <= _LONGEST_REMEMBERED and len(refused) < _CACHE_SIZE:
                refused[cell] = found
            raise
        if len(cell) <= _LONGEST_REMEMBERED:
            if len(known) >= _CACHE_SIZE:
                known.clear()
            known[cell] = answer
        return answer

    def remembering(cell: str) -> str:
        answer = known.get(cell)
        return read(cell) if answer is None else answer

    return remembering
