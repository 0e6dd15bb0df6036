"""Looks words of closed lists up: first in what a file's own system means by them, then in the general vocabulary."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from etl.importing.vocabulary.spelling import column_key, word_key
from etl.importing.vocabulary.ticket_fields import FieldKind, TicketField
from etl.importing.vocabulary.vocabulary_file import general

_YES_NO: Final = "yes_no"
_NUMBERED: Final = re.compile(r"\(?\d+\)?\s*[-.:)_–]*\s*(?=[^\W\d])|(?<=[^\W\d])\s*[-(:]*\s*\(?\d+\)?$")
_BRACKETED: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_DIGITS: Final = re.compile(r"\d+$")


def known_words(ticket_field: TicketField) -> Mapping[str, str]:
    """Return the general vocabulary's words of a field."""
    words = general().values
    own = words.get(ticket_field.name, {})
    if ticket_field.name == "source_sla_breached":
        own = {word: {"t": "f", "f": "t"}.get(value, value) for word, value in words["source_sla_met"].items()}
    if ticket_field.kind in {FieldKind.FLAG, FieldKind.VERDICT}:
        return {**words[_YES_NO], **own}
    return own


def word_reader(ticket_field: TicketField, values: Mapping[str, str]) -> Callable[[str], str | None]:
    """Return the function that gives a word's value: "" for "not known", None for a word that nobody knows.

    `1 - Critical`, `Open (2)` and `InProgress` are also looked up as Critical, Open and In progress. A bare number has
    a meaning only where the values given say so.

    Args:
        ticket_field: The field.
        values: Words and values that go before the general vocabulary.
    """
    known = known_words(ticket_field)
    meant = {word_key(word): known.get(word_key(value), value) for word, value in values.items()}
    words = {**known, **meant}

    def read(text: str) -> str | None:
        for spelling in _spellings(text):
            value = words.get(spelling)
            if value is not None:
                return value
        return None

    return read


def _spellings(text: str) -> list[str]:
    """Return what a word may also be written as, the plainest first."""
    bare = _NUMBERED.sub("", text.strip())
    unbracketed = _BRACKETED.sub("", text.strip())
    return [word_key(text), column_key(text) or "", word_key(bare), word_key(unbracketed)]


def is_bare_number(text: str) -> bool:
    """Say whether a word is a number and nothing else."""
    return _DIGITS.match(text.strip()) is not None
