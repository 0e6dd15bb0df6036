"""The demo bookshop's tickets with their true categories and signals, for measuring the classifier."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from classifier_service.classification import Ticket
from classifier_service.words import clean_text
from standalone.bookshop.csv_rows import COLUMNS
from standalone.bookshop.desk import Bookshop
from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.requests import Requests
from standalone.bookshop.texts import write_texts
from standalone.bookshop.vocabulary import CATEGORIES, LANGUAGES, MOODS, URGENCIES

_UNTIL: Final = date(2026, 7, 1)


@dataclass(frozen=True, slots=True)
class FiledTicket:
    """A ticket as the desk has it: 1.5 % are filed under a wrong category, and 5 % of texts do not name their topic."""

    ticket: Ticket
    category: str
    rating: int | None

    @property
    def text(self) -> str:
        """The text as the classifier reads it."""
        return clean_text(self.ticket.text)


@dataclass(frozen=True, slots=True)
class PlantedText:
    """A text, and the category, urgency, mood and language it was made to have."""

    text: str
    category: str
    urgency: str
    mood: str
    language: str


def filed_tickets(tickets: int, seed: int) -> list[FiledTicket]:
    """Return a demo desk's tickets, oldest first, without spam and without tickets that have no category."""
    rows = Bookshop.plan(tickets, seed, read_effects(), _UNTIL).rows()
    lines = (line for each in rows for line in csv.reader(io.StringIO(each.tables.get("support_tickets", ""))))
    entries = (dict(zip(COLUMNS["support_tickets"], line, strict=True)) for line in lines)
    return [
        FiledTicket(
            Ticket(entry["subject"], entry["content"], entry["customer_type"] or None),
            entry["category"],
            int(entry["customer_satisfaction_score"]) if entry["customer_satisfaction_score"] else None,
        )
        for entry in entries
        if entry["category"] and not entry["exclusion"]
    ]


def planted_texts(count: int, seed: int) -> Iterator[PlantedText]:
    """Yield texts of every category, urgency, mood and language, all equally likely."""
    rng = np.random.default_rng(seed)
    category, urgency, mood, language = (
        rng.integers(0, len(names), count) for names in (CATEGORIES, URGENCIES, MOODS, LANGUAGES)
    )
    nobody = np.zeros(count, dtype=np.int64)
    no = np.zeros(count, dtype=bool)
    requests = Requests(
        created_at=nobody, day=nobody, category=category, text_category=category, customer_type=nobody,
        customer=nobody, urgency=urgency, priority=nobody, mood=mood, channel=nobody, language=language,
        is_spam=no, is_uncategorised=no,
    )  # fmt: skip
    subjects, contents = write_texts(rng, requests, ["Neo Molefe"] * count, 0.0, _UNTIL)
    codes = zip(category.tolist(), urgency.tolist(), mood.tolist(), language.tolist(), strict=True)
    for subject, content, (topic, pressure, feeling, tongue) in zip(subjects, contents, codes, strict=True):
        text = clean_text(f"{subject}\n{content}")
        yield PlantedText(text, CATEGORIES[topic], URGENCIES[pressure], MOODS[feeling], LANGUAGES[tongue])
