"""The generator of a whole desk: it works week by week in bounded memory; the same seed gives the same desk."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from analytics.errors import SupportAnalyticsError
from analytics.time_units import DAY_SECONDS
from standalone.bookshop import csv_rows
from standalone.bookshop.agents import Agents, make_agents
from standalone.bookshop.arrivals import Arrivals, plan_arrivals
from standalone.bookshop.churn import ChurnBook
from standalone.bookshop.csv_rows import Batch
from standalone.bookshop.customers import Customers, customer_names, make_customers
from standalone.bookshop.durations import DAYS_OF_A_BATCH, Durations
from standalone.bookshop.effects import Effects
from standalone.bookshop.handling import Desk
from standalone.bookshop.history import make_history
from standalone.bookshop.opening_hours import OpeningHours, midnight
from standalone.bookshop.ratings import make_ratings
from standalone.bookshop.requests import make_requests
from standalone.bookshop.texts import write_texts
from standalone.bookshop.vocabulary import NEVER

_PLAN, _BATCH = range(2)
_YEARS_AHEAD: Final = 2
_SPAM_ADDRESS: Final = "offers@spam.example"


class BadDeskError(SupportAnalyticsError):
    """The requested desk cannot be made."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of some tables, as CSV without a header.

    Attributes:
        ticket_count: Number of tickets among the rows.
        tables: Table name -> rows.
    """

    ticket_count: int
    tables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Bookshop:
    """A planned desk, ready to be generated: everything that is decided before the first ticket comes.

    Attributes:
        seed: The same seed makes the same desk.
        effects: What is planted.
        until: First day after the history.
        arrivals: How many tickets come when.
        customers: Who writes.
        agents: Who answers.
    """

    seed: int
    effects: Effects
    until: date
    arrivals: Arrivals
    customers: Customers
    agents: Agents

    @classmethod
    def plan(cls, tickets: int, seed: int, effects: Effects, until: date) -> "Bookshop":
        """Plan a desk.

        Args:
            tickets: How many tickets, exactly.
            seed: Any whole number from 0.
            effects: What to plant.
            until: First day after the history; the last tickets come the day before.

        Raises:
            BadDeskError: If the number of tickets or the seed cannot be used.
        """
        if tickets < 1 or seed < 0:
            message = "A bookshop needs at least one ticket, and a seed that is not negative."
            raise BadDeskError(message, "For example: --tickets 50000 --seed 1")
        rng = _random(seed, _PLAN)
        arrivals = plan_arrivals(rng, tickets, effects, until)
        customers = make_customers(rng, tickets, effects, arrivals.days[0], until)
        return cls(seed, effects, until, arrivals, customers, make_agents(effects, until))

    def rows(self, first_id: int = 1) -> Iterator[Rows]:
        """Yield all rows of all tables, tickets in order of creation; may be called only once.

        Args:
            first_id: Id of the first ticket.
        """
        names, addresses = customer_names(_random(self.seed, _PLAN, 1), self.customers)
        yield Rows(0, {"agents": self._agent_rows()})
        for number, (rng, batch) in enumerate(self.batches(first_id)):
            yield self._written(rng, batch, names, addresses, self.arrivals.days[number * DAYS_OF_A_BATCH])
        yield Rows(0, {"customers": self._customer_rows(names, addresses)})

    def batches(self, first_id: int = 1) -> Iterator[tuple[np.random.Generator, Batch]]:
        """Yield the tickets week by week, each with the random numbers for its texts; may be called only once.

        Departures are written to `customers.churned_at` as they happen.

        Args:
            first_id: Id of the first ticket.
        """
        arrivals, effects = self.arrivals, self.effects
        hours = OpeningHours.between(
            arrivals.days[0],
            self.until.replace(year=self.until.year + _YEARS_AHEAD, day=1),
            is_always_open=effects.desk.is_always_open,
        )
        desk = Desk(self.agents, hours, Durations.of(effects, arrivals, self.agents), effects)
        book = ChurnBook.of(self.customers, effects)
        for number, first in enumerate(range(0, len(arrivals.days), DAYS_OF_A_BATCH)):
            after = min(first + DAYS_OF_A_BATCH, len(arrivals.days))
            rng = _random(self.seed, _BATCH, number)
            start = midnight(arrivals.days[first])
            book.settle(rng, start, start + (after - first) * DAY_SECONDS)
            batch = self._batch(rng, desk, first, after, first_id)
            book.note(batch.requests, batch.handling, batch.ratings)
            first_id += batch.requests.count
            yield rng, batch

    def _batch(self, rng: np.random.Generator, desk: Desk, first: int, after: int, first_id: int) -> Batch:
        arrivals, effects = self.arrivals, self.effects
        arrived = arrivals.instants(rng, first, after)
        requests = make_requests(rng, arrived, arrivals.is_term, self.customers, desk.hours, effects)
        handling = desk.handle(rng, requests, arrivals.days[first])
        ratings = make_ratings(rng, requests, handling, self.agents, effects)
        history = make_history(rng, requests, handling, effects.resolution.hold_share, midnight(self.until))
        return Batch(first_id, requests, handling, ratings, history)

    def _written(
        self, rng: np.random.Generator, batch: Batch, names: list[str], addresses: list[str], day: date
    ) -> Rows:
        customers = batch.requests.customer.tolist()
        texts = write_texts(
            rng, batch.requests, [names[each] for each in customers], self.effects.texts.vague_share, day
        )
        senders = [
            _SPAM_ADDRESS if spam else addresses[each]
            for each, spam in zip(customers, batch.requests.is_spam.tolist(), strict=True)
        ]
        agents = self.agents.names
        tables = {
            "support_tickets": csv_rows.ticket_rows(batch, senders, texts, agents, midnight(self.until)),
            "customer_interactions": csv_rows.message_rows(rng, batch, agents),
            "ticket_status_history": csv_rows.status_rows(batch, agents),
            "ticket_field_history": csv_rows.change_rows(batch, agents),
        }
        return Rows(batch.requests.count, tables)

    def _agent_rows(self) -> str:
        agents = self.agents
        teams = [agent.team for agent in self.effects.agents]
        return "".join(
            f"{name},{team},{hired},{'' if left is None or left > self.until else left}\n"
            for name, team, hired, left in zip(agents.names, teams, agents.hired, agents.left, strict=True)
        )

    def _customer_rows(self, names: list[str], addresses: list[str]) -> str:
        customers = self.customers
        kinds = csv_rows.customer_type_words(customers.type_codes)
        joined = csv_rows.instant_texts(customers.joined_at)
        stayed = customers.churned_at >= min(midnight(self.until), NEVER)
        left = csv_rows.instant_texts(np.where(stayed, 0, customers.churned_at), ~stayed)
        return "".join(
            f"{address},{name},{kind},{start},{end}\n"
            for address, name, kind, start, end in zip(addresses, names, kinds, joined, left, strict=True)
        )


def _random(seed: int, *place: int) -> np.random.Generator:
    """Return a stream of random numbers for one part, independent of all other parts."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=place)))
