"""A bookshop's desk in memory, with the columns that analyses read, without a database and without texts.

`planted_desk(20_000, seed=3)` takes a second or two. Analyses are tested on such desks over many seeds, with planted
effects and without (`standalone.bookshop.effects_file.NEUTRAL_FILE`).

`tickets` has a row a ticket in order of creation, without spam. It shows the state at the end of the history, as the
marts would: later events have not happened. Columns have the names and definitions of `marts.fct_tickets` where that
table has them.

| column | type | what |
|---|---|---|
| ticket_id | int | from 1 |
| category | str | slug; missing where it was never filled in |
| priority, channel, customer_type | str | priority is the latest one |
| priority_at_creation | str | differs for half of the escalated tickets |
| customer | int | place in `customers` |
| agent, team | str | assignee (missing: nobody) and team now |
| first_reply_agent, resolved_agent | str | who is credited; missing: has not happened |
| created_at, first_reply_at, resolved_at, rated_at, survey_offered_at | datetime64[s] | UTC; NaT: has not happened |
| created_date, created_hour | datetime64[s], int | in the desk's zone |
| first_reply_seconds, first_reply_business_seconds | float | NaN: has not happened; calendar and opening hours |
| resolution_seconds, resolution_business_seconds | float | the same |
| contact_count, agent_contact_count | int | public messages by people; those by agents |
| is_same_agent | bool | all contacts of agents by one agent (True for a single contact) |
| proactive_update_count, reopen_count | int | |
| is_escalated | bool | |
| is_first_reply_breached, is_resolution_breached | bool | later than promised for the priority at creation |
| rating | float | 1 to 5; NaN: none |
| agent_experience_months | float | of `resolved_agent` at creation; NaN: not resolved |
| mood | str | planted, not in the product's tables: frustrated, neutral or pleased |

`customers` has a row a customer: customer_type, joined_at, churned_at (datetime64[s]; NaT: still there).
`agents` has a row an agent: agent, team, hired_on, left_on.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.time_units import DAY_SECONDS
from analytics.vocabulary import PRIORITIES, STATUSES
from standalone.bookshop.arrivals import Codes, Flags, Floats
from standalone.bookshop.csv_rows import Batch
from standalone.bookshop.desk import Bookshop
from standalone.bookshop.effects import Effects
from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.events import NOBODY
from standalone.bookshop.history import Message
from standalone.bookshop.opening_hours import OFFSET_SECONDS, Instants, midnight
from standalone.bookshop.vocabulary import CATEGORIES, CHANNELS, CUSTOMER_TYPES, MOODS, NEVER, TEAMS

Words = npt.NDArray[np.object_]

UNTIL: Final = date(2026, 7, 1)
_MONTHS_PER_YEAR: Final = 12
_HOUR: Final = 3600
_MINUTE: Final = 60
_RESOLVED: Final = STATUSES.index("resolved")
_BY_AGENT: Final = (Message.REPLY, Message.UPDATE)
_CONTACTS: Final = (Message.OPENING, Message.FOLLOW_UP, *_BY_AGENT)


@dataclass(frozen=True, slots=True)
class PlantedDesk:
    """A made-up desk and the effects planted in it; the module's docstring describes the columns.

    Attributes:
        effects: The effects that are true of the desk by construction.
        until: First day after the history.
        tickets: A row a ticket.
        customers: A row a customer, numbered from 0.
        agents: A row an agent.
    """

    effects: Effects
    until: date
    tickets: pd.DataFrame
    customers: pd.DataFrame
    agents: pd.DataFrame


def planted_desk(tickets: int, seed: int, effects: Effects | None = None, until: date = UNTIL) -> PlantedDesk:
    """Make a desk.

    Args:
        tickets: How many tickets, spam included.
        seed: The same seed makes the same desk.
        effects: What to plant; the default effects if not given.
        until: First day after the history.
    """
    planted = effects or read_effects()
    bookshop = Bookshop.plan(tickets, seed, planted, until)
    frames = [_ticket_frame(bookshop, batch) for _rng, batch in bookshop.batches() if batch.requests.count]
    return PlantedDesk(
        planted, until, pd.concat(frames, ignore_index=True), _customer_frame(bookshop), _agent_frame(bookshop)
    )


def _ticket_frame(bookshop: Bookshop, batch: Batch) -> pd.DataFrame:
    real = ~batch.requests.is_spam
    columns = {
        **_request_columns(bookshop, batch),
        **_clock_columns(bookshop, batch),
        **_contact_columns(batch),
        **_rating_columns(bookshop, batch),
    }
    return pd.DataFrame(columns)[real].reset_index(drop=True)


def _request_columns(bookshop: Bookshop, batch: Batch) -> dict[str, object]:
    requests, handling, outcome = batch.requests, batch.handling, batch.history.outcome
    local = requests.created_at + OFFSET_SECONDS
    return {
        "ticket_id": batch.first_id + np.arange(requests.count),
        "category": _words(CATEGORIES, requests.category, ~requests.is_uncategorised),
        "priority": _words(PRIORITIES, np.where(outcome.is_escalated, handling.priority, requests.priority)),
        "priority_at_creation": _words(PRIORITIES, requests.priority),
        "channel": _words(CHANNELS, requests.channel),
        "customer_type": _words(CUSTOMER_TYPES, requests.customer_type),
        "customer": requests.customer,
        "agent": _words(bookshop.agents.names, outcome.agent, outcome.agent != NOBODY),
        "team": _words(TEAMS, np.where(outcome.is_escalated, handling.team, handling.home_team)),
        "created_at": _instants(requests.created_at),
        "created_date": _instants(local // DAY_SECONDS * DAY_SECONDS),
        "created_hour": local % DAY_SECONDS // _HOUR,
        "is_escalated": outcome.is_escalated,
        "mood": _words(MOODS, requests.mood),
    }


def _clock_columns(bookshop: Bookshop, batch: Batch) -> dict[str, object]:
    requests, handling, outcome = batch.requests, batch.handling, batch.history.outcome
    end, promise = midnight(bookshop.until), bookshop.effects.promise
    is_replied = ~handling.is_unanswered & (handling.reply_at < end)
    is_resolved = outcome.status >= _RESOLVED
    promised_reply, promised_resolution = (
        np.array([minutes[name] for name in PRIORITIES])[requests.priority] * _MINUTE
        for minutes in (promise.first_reply_minutes, promise.resolution_minutes)
    )
    return {
        "first_reply_agent": _words(bookshop.agents.names, handling.first_agent, is_replied),
        "resolved_agent": _words(bookshop.agents.names, handling.agent, is_resolved),
        "first_reply_at": _instants(handling.reply_at, is_replied),
        "resolved_at": _instants(outcome.resolved_at, is_resolved),
        "first_reply_seconds": _numbers(handling.reply_at - requests.created_at, is_replied),
        "first_reply_business_seconds": _numbers(handling.reply_seconds, is_replied),
        "resolution_seconds": _numbers(outcome.resolved_at - requests.created_at, is_resolved),
        "resolution_business_seconds": _numbers(handling.resolution_seconds, is_resolved),
        "is_first_reply_breached": is_replied & (handling.reply_seconds > promised_reply),
        "is_resolution_breached": is_resolved & (handling.resolution_seconds > promised_resolution),
    }


def _contact_columns(batch: Batch) -> dict[str, object]:
    messages, statuses, count = batch.history.messages, batch.history.statuses, batch.requests.count
    by_agent = np.isin(messages.code, _BY_AGENT)
    lowest, highest = np.full(count, np.iinfo(np.int64).max), np.full(count, NOBODY)
    np.minimum.at(lowest, messages.ticket[by_agent], messages.agent[by_agent])
    np.maximum.at(highest, messages.ticket[by_agent], messages.agent[by_agent])
    is_resolved = batch.history.outcome.status >= _RESOLVED
    solved = np.bincount(statuses.ticket[statuses.code == _RESOLVED], minlength=count)
    updates = np.bincount(messages.ticket[messages.code == Message.UPDATE], minlength=count)
    return {
        "contact_count": np.bincount(messages.ticket[np.isin(messages.code, _CONTACTS)], minlength=count),
        "agent_contact_count": np.bincount(messages.ticket[by_agent], minlength=count),
        "is_same_agent": lowest == highest,
        "proactive_update_count": np.where(is_resolved, updates, 0),
        "reopen_count": np.maximum(solved - is_resolved, 0),
    }


def _rating_columns(bookshop: Bookshop, batch: Batch) -> dict[str, object]:
    ratings, outcome, end = batch.ratings, batch.history.outcome, midnight(bookshop.until)
    is_resolved = outcome.status >= _RESOLVED
    is_offered = ratings.is_offered & is_resolved & (ratings.offered_at < end)
    is_rated = is_offered & ratings.is_answered & (ratings.rated_at < end)
    years = bookshop.agents.experience_years(batch.handling.agent, batch.requests.created_at)
    return {
        "survey_offered_at": _instants(ratings.offered_at, is_offered),
        "rated_at": _instants(ratings.rated_at, is_rated),
        "rating": _numbers(ratings.score, is_rated),
        "agent_experience_months": _numbers(years * _MONTHS_PER_YEAR, is_resolved),
    }


def _customer_frame(bookshop: Bookshop) -> pd.DataFrame:
    customers = bookshop.customers
    has_left = customers.churned_at < min(midnight(bookshop.until), NEVER)
    return pd.DataFrame(
        {
            "customer_type": _words(CUSTOMER_TYPES, customers.type_codes),
            "joined_at": _instants(customers.joined_at),
            "churned_at": _instants(customers.churned_at, has_left),
        }
    )


def _agent_frame(bookshop: Bookshop) -> pd.DataFrame:
    agents = bookshop.agents
    return pd.DataFrame(
        {
            "agent": agents.names,
            "team": _words(TEAMS, agents.team_codes),
            "hired_on": agents.hired,
            "left_on": [None if left is None or left > bookshop.until else left for left in agents.left],
        }
    )


def _words(words: tuple[str, ...], codes: Codes, where: Flags | None = None) -> Words:
    named: Words = np.array([*words, None], dtype=object)[codes]
    if where is not None:
        named[~where] = None
    return named


def _instants(at: Instants, where: Flags | None = None) -> npt.NDArray[np.datetime64]:
    stamped = np.where(True if where is None else where, at, 0).astype("datetime64[s]")
    return stamped if where is None else np.where(where, stamped, np.datetime64("NaT", "s"))


def _numbers(values: Instants | Floats, where: Flags) -> Floats:
    return np.where(where, values, np.nan)
