"""Texts of the demo bookshop whose category is known: what a first model learns from before the desk has a history."""

from datetime import date

import numpy as np

from classifier_service.training.labelled_tickets import LabelledTickets
from standalone.bookshop.customers import customer_names
from standalone.bookshop.desk import Bookshop
from standalone.bookshop.effects import Effects
from standalone.bookshop.opening_hours import OpeningHours
from standalone.bookshop.requests import make_requests
from standalone.bookshop.texts import write_texts
from standalone.bookshop.vocabulary import CATEGORIES


def labelled_texts(count: int, seed: int, effects: Effects, until: date) -> LabelledTickets:
    """Return messages and what each is about; without spam, and without those that could be about anything.

    Args:
        count: How many messages to make up; a few of them are spam and left out.
        seed: The same seed makes the same messages.
        effects: What is planted in the bookshop.
        until: First day after the history that the messages speak of.
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
