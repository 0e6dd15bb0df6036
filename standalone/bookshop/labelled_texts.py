"""Texts of the demo bookshop with known categories: a first model learns from them while a desk has no history."""

import csv
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from classifier_service.training.labelled_tickets import LabelledTickets
from standalone.bookshop.customers import customer_names
from standalone.bookshop.desk import Bookshop
from standalone.bookshop.effects import Effects
from standalone.bookshop.opening_hours import OpeningHours
from standalone.bookshop.requests import make_requests
from standalone.bookshop.texts import write_texts
from standalone.bookshop.vocabulary import CATEGORIES

_WRITTEN: Final = Path(__file__).with_name("written_texts.csv")


def labelled_texts(count: int, seed: int, effects: Effects, until: date) -> LabelledTickets:
    """Return messages with their categories; spam and messages that name no topic are left out.

    Args:
        count: How many messages to make up, spam included.
        seed: The same seed makes the same messages.
        effects: The effects planted in the bookshop.
        until: First day after the history that the messages belong to.
    """
    bookshop = Bookshop.plan(count, seed, effects, until)
    rng = np.random.default_rng(seed)
    arrivals, customers = bookshop.arrivals, bookshop.customers
    hours = OpeningHours.between(arrivals.days[0], until, is_always_open=effects.desk.is_always_open)
    arrived = arrivals.instants(rng, 0, len(arrivals.days))
    requests = make_requests(rng, arrived, arrivals.is_term, customers, hours, effects)
    names, _addresses = customer_names(rng, customers)
    writers = [names[each] for each in requests.customer.tolist()]
    subjects, contents = write_texts(rng, requests, writers, 0.0, until)
    kept = np.flatnonzero(~requests.is_spam).tolist()
    about = requests.text_category.tolist()
    return LabelledTickets(
        texts=tuple(f"{subjects[place]}\n{contents[place]}" for place in kept),
        labels=tuple(CATEGORIES[about[place]] for place in kept),
    )


def written_texts() -> LabelledTickets:
    """Return messages that were made up one by one, in English, Setswana and both, with their categories.

    They say in many ways what the generated texts say in few. No desk shows them. The Setswana was not reviewed by a
    speaker.
    """
    rows = _rows(_WRITTEN)
    return LabelledTickets(tuple(row["text"] for row in rows), tuple(row["category"] for row in rows))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
