"""How a file writes the cells of a field, and which of them hold nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from etl.importing.transforms.agent_names import AgentNames
from etl.importing.transforms.ratings import DESK_SCALE
from etl.importing.vocabulary.spelling import word_key
from etl.importing.vocabulary.ticket_fields import FieldKind, TicketField
from etl.importing.vocabulary.vocabulary_file import general

CellParser = Callable[[str], str]

NULL: Final = "\x02\x02"
"""Means null in the text for COPY. Compare with `is`: a cell may hold the same characters, which are escaped later."""

_MARKS: Final = 8
"""A cell that means nothing may have so many brackets and other marks."""
_NOBODY: Final = frozenset({FieldKind.AGENT, FieldKind.PERSON, FieldKind.ADDRESS})


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


def default_of(ticket_field: TicketField) -> str:
    """Return what a blank cell means."""
    return NULL if ticket_field.default is None else ticket_field.default


def blank_check(ticket_field: TicketField, rules: CellRules) -> Callable[[str], bool]:
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
