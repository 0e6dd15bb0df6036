"""The rows of a made-up desk, table by table, as a source would deliver them: only what happened before its end."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.truth.made_desk import MadeDesk
from benchmarks.truth.plan import DAY, PRIORITIES, Codes, Flags, Floats

_CHANNELS: Final = ("email", "call", "chat", "form")
_CHANNEL_SHARES: Final = (0.5, 0.2, 0.2, 0.1)
_WORDS: Final = ("please", "question", "again", "number", "today", "answer", "wrong", "missing", "account", "since")


def rows_of(desk: MadeDesk) -> Mapping[str, pd.DataFrame]:
    """Return the rows of each table of schema `support`, tickets before what refers to them."""
    tables = {"agents": _agents(desk), "customers": _customers(desk), "support_tickets": _tickets(desk)}
    return tables | ({"customer_interactions": _messages(desk)} if desk.plan.has_messages else {})


def now_of(desk: MadeDesk) -> datetime:
    """Return the morning after the last day, at which the jobs run."""
    end = pd.Timestamp(desk.plan.volume.end).tz_localize(desk.plan.zone) + pd.Timedelta(hours=6)
    return datetime.fromtimestamp(end.timestamp(), UTC)


def _instants(desk: MadeDesk, seconds: Floats, *, is_dated: bool = False) -> "pd.Series[pd.Timestamp]":
    """Return instants in UTC; those of a source that knows days alone are midnights."""
    days = np.floor(seconds / DAY) * DAY if is_dated else np.floor(seconds)
    has_happened = seconds < desk.end  # which nothing unknown is
    whole = np.where(has_happened, days, 0.0).astype("timedelta64[s]")
    at: npt.NDArray[np.datetime64] = np.where(
        has_happened, np.datetime64(desk.plan.volume.first, "s") + whole, np.datetime64("NaT", "s")
    )
    naive = pd.Series(at)
    first_of_two = np.ones(at.size, dtype=bool)
    local = naive.dt.tz_localize(desk.plan.zone, ambiguous=first_of_two, nonexistent="shift_forward")
    instants: pd.Series[pd.Timestamp] = local.dt.tz_convert("UTC")
    return instants


def _tickets(desk: MadeDesk) -> pd.DataFrame:
    plan, is_dated = desk.plan, desk.plan.is_date_only
    rng = np.random.default_rng((plan.seed, 2))
    is_solved, is_rated = desk.resolved_at < desk.end, desk.is_rated
    agents = np.array([each.name for each in plan.handling.agents])
    replied = np.full(desk.count, np.nan) if is_dated or plan.has_messages else desk.reply_at
    categories = np.array(list(plan.volume.shares))[desk.kinds.category]
    return pd.DataFrame(
        {
            "id": np.arange(1, desk.count + 1),
            "customer_email": _addresses(desk.people.writers),
            "subject": categories,
            "content": [" ".join(each) for each in rng.choice(np.array(_WORDS), (desk.count, 4))],
            "category": categories,
            "priority": np.array(PRIORITIES)[desk.kinds.priority],
            "status": np.where(is_solved, "closed", "open"),
            "created_at": _instants(desk, desk.created_at, is_dated=is_dated),
            "resolved_at": _instants(desk, desk.resolved_at, is_dated=is_dated),
            "assigned_agent": np.where(is_solved, agents[desk.kinds.agent], agents[desk.kinds.first_agent]),
            "customer_satisfaction_score": _whole(desk.rating, is_rated),
            "channel": rng.choice(np.array(_CHANNELS), desk.count, p=_CHANNEL_SHARES),
            "customer_type": np.array(list(plan.people.rates))[desk.people.types[desk.people.writers]],
            "is_date_only": is_dated,
            "survey_offered_at": _instants(desk, desk.resolved_at + 60, is_dated=is_dated),
            "rated_at": _instants(desk, np.where(is_rated, desk.rated_at, np.nan), is_dated=is_dated),
            "first_replied_at": _instants(desk, replied),
            "reopen_count": _whole(desk.is_reopened & is_solved, np.full(desk.count, plan.has_reopenings)),
        }
    )


def _whole(values: Codes | Flags, where: Flags) -> "pd.Series[int]":
    return pd.Series(values.astype(np.int64)).astype("Int64").where(pd.Series(where))


def _addresses(customers: Codes) -> list[str]:
    return [f"customer{each}@desk.example" for each in customers.tolist()]


def _customers(desk: MadeDesk) -> pd.DataFrame:
    people = desk.people
    return pd.DataFrame(
        {
            "customer_email": _addresses(np.arange(people.types.size)),
            "customer_type": np.array(list(desk.plan.people.rates))[people.types],
            "created_at": _instants(desk, people.joined_at),
            "churned_at": _instants(desk, people.left_at),
        }
    )


def _agents(desk: MadeDesk) -> pd.DataFrame:
    rng = np.random.default_rng((desk.plan.seed, 3))
    first = pd.Timestamp(desk.plan.volume.first)
    names = [each.name for each in desk.plan.handling.agents]
    hired = [(first - pd.Timedelta(days=int(days))).date() for days in rng.integers(30, 3000, len(names))]
    return pd.DataFrame({"agent_name": names, "hired_on": hired})


def _messages(desk: MadeDesk) -> pd.DataFrame:
    """Return the messages: the request, the first reply, an update nobody asked for, and questions with answers."""
    ticket, span = np.arange(desk.count), desk.resolved_at - desk.reply_at
    repeated = np.repeat(ticket, desk.contacts)
    turn = np.arange(repeated.size) - np.repeat(np.cumsum(desk.contacts) - desk.contacts, desk.contacts)
    share = 0.1 + 0.9 * (turn + 0.5) / desk.contacts[repeated]
    gap = 0.25 / desk.contacts[repeated]
    updated = ticket[desk.is_proactive]
    parts = [
        (ticket, desk.created_at, np.full(desk.count, -1)),
        (ticket, desk.reply_at, desk.kinds.first_agent),
        (updated, (desk.reply_at + 0.05 * span)[updated], desk.kinds.first_agent[updated]),
        (repeated, (desk.reply_at[repeated] + share * span[repeated]), np.full(repeated.size, -1)),
        (repeated, desk.reply_at[repeated] + (share + gap) * span[repeated], desk.kinds.agent[repeated]),
    ]
    tickets, at, agent = (np.concatenate(each) for each in zip(*parts, strict=True))
    names = np.array([*(each.name for each in desk.plan.handling.agents), ""], dtype=object)[agent]
    table = pd.DataFrame(
        {
            "ticket_id": tickets + 1,
            "interaction_type": "email",
            "agent_name": names,
            "timestamp": _instants(desk, at),
            "direction": np.where(agent < 0, "inbound", "outbound"),
        }
    )
    return table[at < desk.end]
