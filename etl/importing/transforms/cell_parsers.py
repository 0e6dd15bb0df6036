"""One small function per field that turns a cell into what PostgreSQL reads."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from etl.importing.transforms.agent_names import AgentNames, name_and_address
from etl.importing.transforms.durations import parse_duration
from etl.importing.transforms.instants import InstantReader
from etl.importing.transforms.ratings import DESK_SCALE, read_rating
from etl.importing.transforms.reasons import FieldError, Rule
from etl.importing.transforms.words import word_reader
from etl.importing.vocabulary.spelling import word_key
from etl.importing.vocabulary.ticket_fields import FieldKind, TicketField
from etl.importing.vocabulary.vocabulary_file import general

CellParser = Callable[[str], str]

NULL: Final = "\x02\x02"
"""Means null in the text for COPY. Compare with `is`: a cell may hold the same characters, which are escaped later."""
LEFT: Final = "left"
"""A verdict in the form of time left: met, once the ticket is solved."""

_CACHE_SIZE: Final = 20_000
_LONGEST_REMEMBERED: Final = 300
_MOST_TAGS: Final = 100
_MARKS: Final = 8
"""A cell that means nothing may have so many brackets and other marks."""
_LARGEST_COUNT: Final = 2_000_000_000
_NOBODY: Final = frozenset({FieldKind.AGENT, FieldKind.PERSON, FieldKind.ADDRESS})
_FREE: Final = frozenset({FieldKind.TEXT, FieldKind.ADDRESS, FieldKind.PERSON})
_LISTED: Final = re.compile(r"[\n;|]+|(?:\s*,\s*(?=[^\s,]+@))")
_PLAIN_ADDRESS: Final = re.compile(r"[\w.+\-]+@[\w.\-]+$")
_ADDRESSES: Final = re.compile(r"[;\n]|,(?=[^,]*@)")
_TAGS: Final = re.compile(r"[\n;,|]+")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?$")


@dataclass(frozen=True, slots=True)
class CellRules:
    """How a file writes the cells of a field.

    Attributes:
        values: Value in the file -> value of the desk; case and punctuation do not matter. "" is not known.
        blanks: Trimmed values that count as blank.
        separator: What stands between several values; "" means find out from the cell.
        unit: Unit of a bare number in a column of durations.
        scale: Scale of ratings.
        agents: The agents that are known.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    blanks: frozenset[str] = frozenset({""})
    separator: str = ""
    unit: str = ""
    scale: str = DESK_SCALE
    agents: AgentNames = field(default_factory=AgentNames)


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


def _default(ticket_field: TicketField) -> str:
    return NULL if ticket_field.default is None else ticket_field.default


def _is_blank(ticket_field: TicketField, rules: CellRules) -> Callable[[str], bool]:
    """Return the check for cells that hold nothing."""
    blanks = rules.blanks
    if ticket_field.kind is FieldKind.TEXT:
        return blanks.__contains__
    nothing = general().blanks
    if ticket_field.kind in _NOBODY or ticket_field.name == "team":
        nothing |= general().nobody
    nothing |= {word_key(word) for word, value in rules.values.items() if not value and ticket_field.kind in _NOBODY}
    longest = max(map(len, nothing)) + _MARKS
    return lambda text: text in blanks or (len(text) <= longest and word_key(text) in nothing)


def _text_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    limit, default, blanks = ticket_field.limit, _default(ticket_field), rules.blanks

    def parse(cell: str) -> str:
        text = cell.strip()
        if len(text) > limit:
            raise FieldError(Rule.TOO_LONG, text[:limit] if default == "" else None)
        return default if text in blanks else text

    return parse


def _name_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    is_blank, read = _is_blank(ticket_field, rules), word_reader(ticket_field, rules.values)
    default, separator = _default(ticket_field), rules.separator or "\n"

    def parse(cell: str) -> str:
        text = cell.strip()
        if is_blank(text):
            return default
        first, *others = (part.strip() for part in text.split(separator))
        known = read(first)
        name = first if known is None else known
        if len(name) > ticket_field.limit:
            raise FieldError(Rule.TOO_LONG)
        if any(others):
            raise FieldError(Rule.SEVERAL_VALUES, name or None)
        return name or default

    return parse


def _address_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    is_blank, default = _is_blank(ticket_field, rules), _default(ticket_field)

    def parse(cell: str) -> str:
        text = cell.strip()
        if _PLAIN_ADDRESS.match(text) and len(text) <= ticket_field.limit:
            return text.lower()
        if is_blank(text):
            return default
        first = _ADDRESSES.split(text)[0].strip() if text.count("@") > 1 else text
        name, address = name_and_address(first)
        found = address or name
        if len(found) > ticket_field.limit:
            raise FieldError(Rule.TOO_LONG)
        return found or default

    return parse


def _person_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    is_blank = _is_blank(ticket_field, rules)

    def parse(cell: str) -> str:
        text = cell.strip()
        name = "" if is_blank(text) else name_and_address(text.split("\n")[0])[0]
        if len(name) > ticket_field.limit:
            raise FieldError(Rule.TOO_LONG)
        return name or NULL

    return parse


def _agent_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    is_blank, agents, separator = _is_blank(ticket_field, rules), rules.agents, rules.separator

    def parts_of(text: str) -> list[str]:
        found = text.split(separator) if separator else _LISTED.split(text)
        parts = [part.strip() for part in found if part and not is_blank(part.strip())]
        names = [part.strip() for part in text.split(",")]
        return names if len(parts) == 1 and len(names) > 1 and all(map(agents.knows, names)) else parts

    def parse(cell: str) -> str:
        text = cell.strip()
        parts = [] if is_blank(text) else parts_of(text)
        if not parts or is_blank(name_and_address(parts[0])[0] or parts[0]):
            return NULL
        name = agents.canonical(parts[0])
        if len(name) > ticket_field.limit:
            raise FieldError(Rule.TOO_LONG)
        if len(parts) > 1:
            raise FieldError(Rule.SEVERAL_VALUES, name)
        return name

    return parse


def _word_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    read, is_blank = word_reader(ticket_field, rules.values), _is_blank(ticket_field, rules)
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
    parse, default = _word_parser(ticket_field, rules), _default(ticket_field)

    def parse_flag(cell: str) -> str:
        flag = parse(cell)
        return default if flag is NULL else flag

    return parse_flag


def _verdict_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    read, is_blank = word_reader(ticket_field, rules.values), _is_blank(ticket_field, rules)
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
    read, is_blank = word_reader(ticket_field, rules.values), _is_blank(ticket_field, rules)

    def parse(cell: str) -> str:
        text = cell.strip()
        known = read(text)
        if known is None:
            return NULL if is_blank(text) else read_rating(text, rules.scale)
        return known or NULL

    return parse


def _duration_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    is_blank = _is_blank(ticket_field, rules)

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
    is_blank = _is_blank(ticket_field, rules)
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
    is_blank = _is_blank(ticket_field, rules)

    def parse(cell: str) -> str:
        text = cell.strip()
        if is_blank(text):
            return NULL
        parts = text.split(rules.separator) if rules.separator else _TAGS.split(text.strip("[]"))
        tags = list(dict.fromkeys(tag for part in parts if (tag := part.strip().strip("\"'"))))
        if len(tags) > _MOST_TAGS or any(len(tag) > ticket_field.limit for tag in tags):
            raise FieldError(Rule.TOO_LONG)
        quoted = (tag.replace("\\", "\\\\").replace('"', '\\"') for tag in tags)
        return "{" + ",".join(f'"{tag}"' for tag in quoted) + "}"

    return parse


def _instant_parser(ticket_field: TicketField, rules: CellRules, instants: InstantReader) -> CellParser:
    is_blank = _is_blank(ticket_field, rules)
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
    FieldKind.ADDRESS: _address_parser,
    FieldKind.PERSON: _person_parser,
    FieldKind.NAME: _name_parser,
    FieldKind.AGENT: _agent_parser,
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
