"""Selects exactly the tickets behind a number."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa

from analytics.metrics import Kind, Metric
from analytics.vocabulary import EventKind
from warehouse.metric_query.counts import anchors_of
from warehouse.metric_query.durations import duration_ids, duration_sql
from warehouse.metric_query.left_out import RESOLVED, UNDATED
from warehouse.metric_query.model import Cursor, TicketPage
from warehouse.metric_query.names import Names
from warehouse.metric_query.periods import Stretch
from warehouse.metric_query.sources import ParameterBag, Parameters, fact_source
from warehouse.metric_query.ticket_parts import LEFT_OUT_PARTS, DurationRange, duration_range, open_condition
from warehouse.rollups.declaration import COUNTERS, DURATIONS, KNOWING, MEASURES, Anchor
from warehouse.rollups.sql import LEFT_OUT

COUNTED: Final = "not is_excluded"


@dataclass(frozen=True, slots=True)
class TicketSelection:
    """A SELECT of `ticket_id`, each once, with its parameters; to join with the columns that a page shows."""

    sql: str
    parameters: Parameters


def select_tickets(metric: Metric, names: Names, start: date, end: date, part: str = "all") -> TicketSelection:
    """Return the selection of the tickets behind a number.

    Args:
        metric: The metric of the number.
        names: The filters of the number.
        start: First day.
        end: First day after.
        part: "numerator" of a share; "denominator" or "all" for all tickets that the number is computed over;
            "3600..5400" for durations in this range of seconds (days, if only dates are known); "overdue", "due_soon"
            or "old" for some of the open tickets.

    Raises:
        UnanswerableQueryError: If there is no such part.
    """
    within = duration_range(metric, part)
    bag = ParameterBag()
    if part in LEFT_OUT_PARTS and (metric.kind is not Kind.LEVEL or part == "undated"):
        selects = _left_out(metric, names, (start, end), part, bag)
    elif metric.kind is Kind.LEVEL:
        selects = [_open_at(names, end, bag, open_condition(part), LEFT_OUT.get(part, COUNTED))]
    elif metric.kind is Kind.DURATION:
        selects = _with_duration(metric, names, (start, end), bag, within)
    else:
        selects = _counted(metric, names, (start, end), part, bag)
    return TicketSelection(" union ".join(selects), bag.values)


def _anchor_select(
    anchor: Anchor,
    names: Names,
    period: tuple[date, date],
    condition: str,
    bag: ParameterBag,
    counted: str = COUNTED,
) -> str:
    source = fact_source(anchor, Stretch(*period, None), names)
    where = f"{source.condition(names, bag)} and {source.timed_condition(names)}"
    return (
        # A ticket may have several events, so `distinct` is needed for them.
        f"select {'' if anchor.source == 'fct_tickets' else 'distinct '}ticket_id from {source.relation(names)}"
        f" where {where} and {anchor.predicate} and {counted} and ({condition})"
    )


def _left_out(metric: Metric, names: Names, period: tuple[date, date], part: str, bag: ParameterBag) -> list[str]:
    """Return the tickets that a number leaves out for one reason."""
    if part == "undated":
        start = date.min if metric.kind is Kind.LEVEL else period[0]
        return [_anchor_select(COUNTERS[UNDATED], names, (start, period[1]), "is_solved_undated", bag)]
    if part == "unknown":
        condition = f"({KNOWING[metric.need.known]}) = 0" if metric.need else "false"
        return [_anchor_select(COUNTERS[RESOLVED], names, period, condition, bag)]
    if metric.kind is Kind.DURATION:
        anchors: tuple[Anchor, ...] = (DURATIONS[metric.numerator],)
    else:
        anchors = anchors_of(
            [name for measure in (metric.numerator, metric.denominator) if measure for name in MEASURES[measure]]
        )
    return [_anchor_select(anchor, names, period, "true", bag, LEFT_OUT[part]) for anchor in anchors]


def _counted(metric: Metric, names: Names, period: tuple[date, date], part: str, bag: ParameterBag) -> list[str]:
    if part == "numerator" or not metric.denominator:
        counters = MEASURES[metric.numerator]
    else:
        counters = MEASURES[metric.denominator]
    selects = []
    for anchor in anchors_of(counters):
        condition = " or ".join(f"({anchor.counters[name]}) <> 0" for name in counters if name in anchor.counters)
        if metric.kind is Kind.DISTINCT:
            condition = f"({condition}) and customer_hash is not null"
        selects.append(_anchor_select(anchor, names, period, condition, bag))
    return selects


def _with_duration(
    metric: Metric, names: Names, period: tuple[date, date], bag: ParameterBag, within: DurationRange | None
) -> list[str]:
    """Return the tickets with a duration in seconds; if there are none, those with a duration in days."""
    anchor = DURATIONS[metric.numerator]
    timed, *days = (duration_sql(anchor, number) for number in duration_ids(metric, names))
    first = _anchor_select(anchor, names, period, _measured(timed, within, bag), bag)
    if not days or days[0] is None:
        return [first]
    any_timed = _anchor_select(anchor, names, period, _measured(timed, None, bag), bag)
    second = _anchor_select(anchor, names, period, _measured(days[0], within, bag), bag)
    return [first, f"({second} and not exists ({any_timed}))"]


def _measured(amount: str | None, within: DurationRange | None, bag: ParameterBag) -> str:
    if amount is None:
        return "false"
    if within is None:
        return f"{amount} is not null"
    return f"{amount} >= {bag.add(within.lower)} and {amount} < {bag.add(within.upper)}"


def _open_at(names: Names, end: date, bag: ParameterBag, condition: str, counted: str) -> str:
    """Return the tickets that were created before the end of the period and are not solved at the end."""
    created = fact_source(COUNTERS["created"], Stretch(date.min, end, None), names)
    until = bag.add(end)
    return (
        "select ticket_id from marts.fct_tickets as ticket"
        f" where {created.condition(names, bag)} and {counted} and not is_solved_undated and {condition}"
        # The two dates decide most tickets without reading events: solved before the end and still, or not yet solved.
        f" and (resolved_date is null or resolved_date >= {until})"
        f" and (first_resolution_date is null or first_resolution_date >= {until}"
        f" or (select count(*) filter (where kind = {EventKind.SOLVED})"
        f" - count(*) filter (where kind in ({EventKind.REOPENED}, {EventKind.REOPENED_AUTOMATICALLY}))"
        " from marts.fct_ticket_events as event"
        f" where event.ticket_id = ticket.ticket_id and happened_date < {until}) <= 0)"
    )


def page_of_tickets(
    connection: sa.Connection, selection: TicketSelection, after: Cursor | None, limit: int | None
) -> TicketPage:
    """Return a page of the selection, newest first; a page begins after a key, not after a number of rows."""
    values = dict(selection.parameters)
    place = ""
    if after is not None:
        place = " where (created_at, ticket_id) < (:after_at, :after_id)"
        values |= {"after_at": after.created_at, "after_id": after.ticket_id}
    most = ""
    if limit is not None:
        most = " limit :most"
        values["most"] = limit + 1
    statement = (
        f"select ticket_id, created_at from marts.fct_tickets inner join ({selection.sql}) as chosen using (ticket_id)"
        f"{place} order by created_at desc, ticket_id desc{most}"
    )
    rows = [Cursor(row.created_at, row.ticket_id) for row in connection.execute(sa.text(statement), values)]
    shown = rows if limit is None else rows[:limit]
    return TicketPage(tuple(row.ticket_id for row in shown), shown[-1] if len(rows) > len(shown) else None)


def count_tickets(connection: sa.Connection, selection: TicketSelection) -> int:
    """Return how many different tickets a selection has."""
    statement = f"select count(*) from ({selection.sql}) as chosen"
    return int(connection.execute(sa.text(statement), selection.parameters).scalar_one())
