"""Reads the cells that name somebody or something: customers, agents, teams, categories."""

import re
from typing import Final

from etl.importing.transforms.agent_names import name_and_address, parted
from etl.importing.transforms.cell_rules import NULL, CellParser, CellRules, blank_check, default_of
from etl.importing.transforms.list_items import json_items
from etl.importing.transforms.reasons import FieldError, Rule
from etl.importing.transforms.words import word_reader
from etl.importing.vocabulary.ticket_fields import TicketField

_BEFORE_ADDRESS: Final = re.compile(r"\s*,\s*(?=[^\s,]+@)")
_PLAIN_ADDRESS: Final = re.compile(r"[\w.+\-]+@[\w.\-]+$")
_ADDRESSES: Final = re.compile(r"[;\n]|,(?=[^,]*@)")


def name_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    """Return the parser of a name that many rows share; of several the first counts."""
    is_blank, read = blank_check(ticket_field, rules), word_reader(ticket_field, rules.values)
    default, separator = default_of(ticket_field), rules.separator or "\n"

    def parse(cell: str) -> str:
        text = cell.strip()
        if is_blank(text):
            return default
        items = json_items(text)
        first, *others = (part.strip() for part in (items or text.split(separator)))
        known = read(first)
        name = first if known is None else known
        if len(name) > ticket_field.limit:
            raise FieldError(Rule.TOO_LONG)
        if any(others):
            raise FieldError(Rule.SEVERAL_VALUES, name or None)
        return name or default

    return parse


def address_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    """Return the parser of what tells customers apart."""
    is_blank, default = blank_check(ticket_field, rules), default_of(ticket_field)

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


def person_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    """Return the parser of a person's name."""
    is_blank = blank_check(ticket_field, rules)

    def parse(cell: str) -> str:
        text = cell.strip()
        name = "" if is_blank(text) else name_and_address(text.split("\n")[0])[0]
        if len(name) > ticket_field.limit:
            raise FieldError(Rule.TOO_LONG)
        return name or NULL

    return parse


def agent_parser(ticket_field: TicketField, rules: CellRules) -> CellParser:
    """Return the parser of an agent; of several the first counts."""
    is_blank, agents, separator = blank_check(ticket_field, rules), rules.agents, rules.separator

    def parts_of(text: str) -> list[str]:
        found = parted(text, separator)
        if not separator:
            found = [each for part in found for each in _BEFORE_ADDRESS.split(part)]
        parts = [name for part in found if (name := part.strip()) and not is_blank(name)]
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
