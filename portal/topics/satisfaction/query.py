"""How customers rate, who is rated how, and what the unhappy ones wrote."""

from typing import Any, Final

import numpy as np
import sqlalchemy as sa

from analytics import mix_effect
from analytics.intervals import wilson_interval
from analytics.standing import standings
from analytics.vocabulary import EventKind
from portal.numbers.buckets import buckets, coarser, drawn, grain_for
from portal.numbers.filters import TicketFilters
from portal.numbers.judging import judged_changes
from portal.numbers.reader import ask, by_key, names, series, tickets_href, today, total, value_of
from portal.numbers.reading import NOT_JUDGED, Reading
from portal.topics.satisfaction.address import PAGE_ROWS
from portal.topics.satisfaction.dataset import LowRating, LowRatings, Moved, RatedPart, RatedParts, Ratings
from warehouse import metric_query
from warehouse.metric_query import MetricQuery, UnknownValueError

CSAT: Final = "csat"
RESPONSE: Final = "csat_response_rate"
LOW: Final = 2
"""A rating is low up to here."""
_NOTHING: Final = Reading(None, 0, "share")


def ratings(connection: sa.Connection, filters: TicketFilters) -> Ratings:
    """Return CSAT and who answers over the period, by week or month."""
    grain = coarser(grain_for(filters.start, filters.end))
    whole = buckets(filters.start, filters.end, grain, today(connection))
    cut = drawn(whole)
    csat = series("CSAT", ask(connection, filters, CSAT, (grain,)), cut, filters)
    answered = by_key(ask(connection, filters, RESPONSE, (grain,)))
    now, before = _pair(connection, filters)
    judged = judged_changes(connection, filters, {CSAT: now}, {} if before is None else {CSAT: before})
    return Ratings(
        grain,
        csat,
        tuple(answered.get(bucket.key, _NOTHING) for bucket in cut),
        now,
        before,
        judged.get(CSAT, NOT_JUDGED),
        total(ask(connection, filters, RESPONSE)),
        is_partial=len(cut) < len(whole),
    )


def _pair(connection: sa.Connection, filters: TicketFilters) -> tuple[Reading, Reading | None]:
    compared = filters.compared()
    now = total(ask(connection, filters, CSAT))
    before = None if compared is None else total(ask(connection, compared, CSAT))
    return now, None if before is None or before.value is None else before


def rated_parts(connection: sa.Connection, filters: TicketFilters, dimension: str) -> RatedParts:
    """Return CSAT by a dimension, the best rated first."""
    found = {key: each for key, each in by_key(ask(connection, filters, CSAT, (dimension,))).items() if each.n}
    labels = names(connection, dimension)
    stand = standings([_good(each) for each in found.values()], [each.n for each in found.values()])
    parts = [
        RatedPart(
            labels[value_of(key)].label,
            each,
            *wilson_interval(_good(each), each.n),
            how,
            tickets_href(filters.with_values(dimension, (value_of(key),)), CSAT),
        )
        for (key, each), how in zip(found.items(), stand, strict=True)
    ]
    ranked = sorted(parts, key=lambda part: (-(part.csat.value or 0.0), -part.csat.n, part.label))
    return RatedParts(dimension.replace("_", " "), tuple(ranked), total(ask(connection, filters, CSAT)))


def _good(reading: Reading) -> int:
    return round((reading.value or 0.0) * reading.n)


def moved(connection: sa.Connection, filters: TicketFilters, dimension: str) -> Moved | None:
    """Return the change of CSAT taken apart by a dimension; None without ratings in both periods."""
    now, before = _pair(connection, filters)
    compared = filters.compared()
    if compared is None or before is None or now.value is None:
        return None
    found = [by_key(ask(connection, each, CSAT, (dimension,))) for each in (filters, compared)]
    keys = tuple(dict.fromkeys(key for each in found for key in each))
    labels = names(connection, dimension)
    sizes = tuple(np.array([each.get(key, _NOTHING).n for key in keys], dtype=np.float64) for each in found)
    sums = tuple(np.array([_good(each.get(key, _NOTHING)) for key in keys], dtype=np.float64) for each in found)
    effect = mix_effect.of_means((sums[0], sums[1]), (sizes[0], sizes[1]))
    steps = mix_effect.steps_of_means((sums[0], sums[1]), (sizes[0], sizes[1]))
    named = [(labels[value_of(key)].label, float(step)) for key, step in zip(keys, steps, strict=True)]
    judged = judged_changes(connection, filters, {CSAT: now}, {CSAT: before}).get(CSAT, NOT_JUDGED)
    ranked = tuple(sorted(named, key=lambda each: -abs(each[1])))
    return Moved(dimension.replace("_", " "), now, before, effect, ranked, judged.is_clear)


def low_ratings(connection: sa.Connection, filters: TicketFilters, page: int | None = 1) -> LowRatings:
    """Return ratings of 1 and 2 given in the period to the tickets behind its CSAT.

    Args:
        connection: In the role that reads marts.
        filters: Which tickets, and when they were rated.
        page: From 1; None for all of them.
    """
    query = MetricQuery(CSAT, filters.start, filters.end, (), filters.where)
    try:
        chosen = metric_query.ticket_selection(connection, query)
    except UnknownValueError:
        return LowRatings((), 0, 0, 1)
    values: dict[str, Any] = {"rated": EventKind.RATED, "low": LOW, "first": filters.start, "after": filters.end}
    cut = "" if page is None else f"limit {PAGE_ROWS} offset {(page - 1) * PAGE_ROWS}"
    statement = sa.text(_low_sql(chosen.sql, cut))
    rows = connection.execute(statement, {**chosen.parameters, **values}).all()
    if not rows and page is not None and page > 1:
        # An old link may ask for a page that is no longer there.
        return low_ratings(connection, filters, 1)
    labels = names(connection, "category")
    found = tuple(_low(row, labels[row.category].label if row.category in labels else "") for row in rows)
    return LowRatings(found, rows[0].total if rows else 0, rows[0].commented if rows else 0, page or 1)


def _low_sql(chosen: str, page: str) -> str:
    """Return the SELECT of low ratings with what was written: of chosen tickets, and a page of them."""
    return f"""
    with low as (
        select events.ticket_id, events.rating, events.happened_at, events.happened_date, events.agent_id,
            events.category_id,
            (select said.comment from marts.rating_comments as said
                where said.ticket_id = events.ticket_id and said.score = events.rating
                and said.rated_at = events.happened_at limit 1) as comment
        from marts.fct_ticket_events as events
        where events.kind = :rated and events.rating <= :low and not events.is_excluded
            and events.happened_date >= :first and events.happened_date < :after
            and events.ticket_id in ({chosen})
    )
    select low.*, texts.subject, category.value as category, agent.value as agent,
        count(*) over () as total, count(comment) over () as commented
    from low
    left join marts.ticket_texts as texts on texts.ticket_id = low.ticket_id
    left join marts.dimension_values as category on category.dimension = 'category' and category.id = low.category_id
    left join marts.dimension_values as agent on agent.dimension = 'agent' and agent.id = low.agent_id
    order by comment is null, rating, happened_at desc, low.ticket_id desc
    {page}
"""


def _low(row: sa.Row[Any], category: str) -> LowRating:
    return LowRating(
        row.ticket_id,
        row.subject or "",
        category,
        row.agent,
        row.rating,
        row.happened_at,
        row.happened_date,
        row.comment,
    )
