"""Two hundred tickets of other trades, to measure what the classifier files that it should leave to a person.

They were written before the rule: IT, travel, staff, plumbing and medicine, forty each, in English, Setswana and both.
The rule was made with the half named "development"; the half named "final" was scored once, at the end.
"""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from classifier_service.classification import Ticket

_FILE: Final = Path(__file__).with_suffix(".csv")


@dataclass(frozen=True, slots=True)
class ForeignTicket:
    """A ticket of another trade, the half it belongs to, and the language it is written in: en, tn or mixed."""

    ticket: Ticket
    trade: str
    half: str
    language: str


def foreign_tickets() -> list[ForeignTicket]:
    """Return all tickets, trade by trade."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return [
            ForeignTicket(Ticket(row["subject"], row["content"]), row["trade"], row["half"], row["language"])
            for row in csv.DictReader(file)
        ]
