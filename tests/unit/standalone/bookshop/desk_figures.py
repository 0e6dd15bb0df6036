"""What an outsider finds in a made-up desk: estimates with standard errors, from its CSV rows and nothing else."""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

import holidays
import numpy as np
import pandas as pd

from standalone.bookshop.csv_rows import COLUMNS
from standalone.bookshop.desk import Bookshop
from standalone.bookshop.effects import Effects

UNTIL = date(2026, 7, 1)
ZONE = "Africa/Johannesburg"
CATEGORIES = ("book_order", "account_issue", "technical_support", "return_refund", "general_inquiry")
_EPOCH = pd.Timestamp("2024-06-01")
_INSTANTS = ("created_at", "resolved_at", "rated_at", "churned_at", "timestamp")
_DAYS_PER_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and its standard error."""

    value: float
    error: float

    def distance(self, truth: float) -> float:
        """Return how many standard errors the estimate lies above the truth."""
        return (self.value - truth) / self.error


def read_desk(tickets: int, seed: int, effects: Effects, until: date = UNTIL) -> dict[str, pd.DataFrame]:
    """Make a desk and read its rows back."""
    texts: dict[str, list[str]] = {table: [] for table in COLUMNS}
    for rows in Bookshop.plan(tickets, seed, effects, until).rows():
        for table, text in rows.tables.items():
            texts[table].append(text)
    frames = {
        table: pd.read_csv(io.StringIO("".join(parts)), names=list(COLUMNS[table])) for table, parts in texts.items()
    }
    for frame in frames.values():
        for column in set(_INSTANTS) & set(frame.columns):
            frame[column] = pd.to_datetime(frame[column], utc=True)
    return frames


def _open_minutes() -> "np.ndarray[Any, np.dtype[np.int64]]":
    minutes = pd.date_range(_EPOCH, pd.Timestamp(UNTIL) + pd.Timedelta(days=60), freq="min")
    weekday, hour = minutes.day_of_week.to_numpy(), minutes.hour.to_numpy()
    is_open = ((weekday < 5) & (hour >= 8) & (hour < 17)) | ((weekday == 5) & (hour >= 9) & (hour < 13))
    closed = pd.to_datetime(sorted(holidays.country_holidays("ZA", years=range(2024, 2028))))
    return np.concatenate([[0], np.cumsum(is_open & ~minutes.normalize().isin(closed))])


_OPEN_BEFORE = _open_minutes()


def open_hours(start: "pd.Series[pd.Timestamp]", end: "pd.Series[pd.Timestamp]") -> "np.ndarray[Any, Any]":
    """Return the opening hours between instants, from a table of all minutes."""
    hours: np.ndarray[Any, Any] = (_open_minutes_before(end) - _open_minutes_before(start)) / 60
    return hours


def _open_minutes_before(at: "pd.Series[pd.Timestamp]") -> "np.ndarray[Any, Any]":
    local = at.dt.tz_convert(ZONE).dt.tz_localize(None)
    minutes = ((local - _EPOCH).dt.total_seconds() / 60).to_numpy()
    whole = np.floor(minutes).astype(int)
    before: np.ndarray[Any, Any] = _OPEN_BEFORE[whole] + (minutes - whole) * (
        _OPEN_BEFORE[whole + 1] - _OPEN_BEFORE[whole]
    )
    return before


def mean_resolution(desk: dict[str, pd.DataFrame], category: str) -> Estimate:
    """Return the mean full resolution time of a category's resolved tickets, in opening hours."""
    tickets = desk["support_tickets"]
    solved = tickets[tickets.resolved_at.notna() & (tickets.category == category)]
    hours = open_hours(solved.created_at, solved.resolved_at)
    return Estimate(hours.mean(), hours.std(ddof=1) / np.sqrt(hours.size))


def rated_tickets(desk: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the rated tickets with what may have moved their ratings."""
    tickets = desk["support_tickets"].set_index("id")
    rated = tickets[tickets.customer_satisfaction_score.notna() & tickets.category.notna()].copy()
    public = desk["customer_interactions"].query("is_public == 't' and is_automatic == 'f'")
    public = public[public.ticket_id.isin(rated.index)].sort_values(["ticket_id", "timestamp"], kind="stable")
    replies = public[public.direction == "outbound"].groupby("ticket_id")
    earlier = public.groupby("ticket_id").direction.shift()
    answers = public[(public.direction == "outbound") & (earlier != "outbound")].groupby("ticket_id").size()
    rated["reply_seconds"] = (replies.timestamp.min() - rated.created_at).dt.total_seconds()
    rated["resolution_seconds"] = (rated.resolved_at - rated.created_at).dt.total_seconds()
    rated["has_several"] = replies.size() > 1
    rated["is_handed_over"] = replies.agent_name.min() != replies.agent_name.max()
    rated["has_update"] = replies.size() > answers
    return rated


def rating_slopes(rated: pd.DataFrame) -> dict[str, Estimate]:
    """Return what a point of each thing does to the rating: least squares with robust errors."""
    columns = {
        "reply": np.log(rated.reply_seconds),
        "resolution": np.log(rated.resolution_seconds),
        "update": rated.has_update,
        "several": rated.has_several,
        "handed_over": rated.is_handed_over,
    }
    dummies = [pd.get_dummies(rated.category), pd.get_dummies(rated.assigned_agent, drop_first=True)]
    design = np.column_stack([*columns.values(), *dummies]).astype(float)
    rating = rated.customer_satisfaction_score.to_numpy()
    inverse = np.linalg.inv(design.T @ design)
    slopes = inverse @ design.T @ rating
    scores = design * (rating - design @ slopes)[:, None]
    errors = np.sqrt(np.diag(inverse @ scores.T @ scores @ inverse))
    return {name: Estimate(slopes[place], errors[place]) for place, name in enumerate(columns)}


def same_agent_ratio(rated: pd.DataFrame) -> Estimate:
    """Return the mean rating of one agent ÷ that of several, among tickets with several replies."""
    several = rated[rated.has_several]
    one, many = (several.customer_satisfaction_score[several.is_handed_over == handed] for handed in (False, True))
    ratio = one.mean() / many.mean()
    relative = one.var() / one.size / one.mean() ** 2 + many.var() / many.size / many.mean() ** 2
    return Estimate(ratio, ratio * np.sqrt(relative))


def january_february_log_ratio(desk: dict[str, pd.DataFrame], category: str) -> Estimate:
    """Return ln(tickets a day in January and February ÷ otherwise): quasi-Poisson with weekday, holiday and trend."""
    tickets = desk["support_tickets"]
    created = tickets[tickets.category == category].created_at
    day = created.dt.tz_convert(ZONE).dt.tz_localize(None).dt.normalize()
    days = pd.date_range(pd.Timestamp(UNTIL) - pd.DateOffset(years=2), pd.Timestamp(UNTIL), inclusive="left")
    counts = day.value_counts().reindex(days, fill_value=0).to_numpy(dtype=float)
    closed = days.isin(pd.to_datetime(sorted(holidays.country_holidays("ZA", years=range(2024, 2028)))))
    years = np.arange(days.size) / _DAYS_PER_YEAR
    weekdays = [days.day_of_week == weekday for weekday in range(7)]
    return log_linear(np.column_stack([days.month <= 2, closed, years, *weekdays]), counts)[0]


def churn_log_ratios(
    desk: dict[str, pd.DataFrame], promise: dict[str, dict[str, float]], memory_days: int
) -> list[Estimate]:
    """Return ln(hazard ratio) of a breach, a low rating and an unresolved ticket: Poisson on customer-weeks."""
    events = _experiences(desk, promise)
    customers = desk["customers"].set_index("customer_email")
    rows, left = [], []
    for week in pd.date_range(pd.Timestamp(UNTIL) - pd.DateOffset(years=2), pd.Timestamp(UNTIL), freq="7D", tz=ZONE)[
        :-1
    ]:
        there = customers[(customers.created_at <= week) & ~(customers.churned_at <= week)]
        exposed = []
        for kind in ("breach", "low", "stuck"):
            when = events[kind]
            recent = when[(when <= week) & (when > week - pd.Timedelta(days=memory_days))]
            exposed.append(there.index.isin(recent.index))
        rows.append(
            np.column_stack([*exposed, *(there.customer_type == kind for kind in sorted(set(customers.customer_type)))])
        )
        left.append((there.churned_at <= week + pd.Timedelta(days=7)).to_numpy())
    return log_linear(np.concatenate(rows), np.concatenate(left).astype(float))[:3]


def _experiences(desk: dict[str, pd.DataFrame], promise: dict[str, dict[str, float]]) -> dict[str, "pd.Series[Any]"]:
    tickets = desk["support_tickets"].query("exclusion != 'spam'").set_index("id")
    replies = desk["customer_interactions"].query(
        "direction == 'outbound' and is_public == 't' and is_automatic == 'f'"
    )
    solved = tickets[tickets.resolved_at.notna()].copy()
    solved["replied_at"] = replies.groupby("ticket_id").timestamp.min()
    reply_minutes = 60 * open_hours(solved.created_at, solved.replied_at)
    minutes = 60 * open_hours(solved.created_at, solved.resolved_at)
    is_late = reply_minutes > solved.priority.map(promise["first_reply_minutes"])
    breach = solved[is_late | (minutes > solved.priority.map(promise["resolution_minutes"]))]
    low = tickets[tickets.customer_satisfaction_score <= 2]
    stuck = tickets[tickets.resolved_at.isna()]
    return {
        "breach": breach.set_index("customer_email").resolved_at,
        "low": low.set_index("customer_email").rated_at,
        "stuck": stuck.set_index("customer_email").created_at + pd.Timedelta(days=14),
    }


def log_linear(design: "np.ndarray[Any, Any]", counts: "np.ndarray[Any, Any]") -> list[Estimate]:
    """Return the coefficients of a log-linear model of counts; errors allow for over-dispersion."""
    design = design.astype(float)
    coefficients = np.linalg.lstsq(design, np.full(counts.size, np.log(counts.mean())), rcond=None)[0]
    for _ in range(40):
        expected = np.exp(design @ coefficients)
        information = design.T @ (design * expected[:, None])
        coefficients = coefficients + np.linalg.solve(information, design.T @ (counts - expected))
    expected = np.exp(design @ coefficients)
    dispersion = max(1.0, float(((counts - expected) ** 2 / expected).sum() / (counts.size - design.shape[1])))
    errors = np.sqrt(dispersion * np.diag(np.linalg.inv(information)))
    return [Estimate(value, error) for value, error in zip(coefficients, errors, strict=True)]
