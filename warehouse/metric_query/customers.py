"""Answers how many different customers there are. This cannot be added up from rollups, so facts are read."""

from datetime import date

import sqlalchemy as sa

from analytics.metrics import Metric
from warehouse.metric_query.counts import sum_counters
from warehouse.metric_query.left_out import EXCLUDED_REASON, MERGED_REASON, UNTIMED_REASON, present
from warehouse.metric_query.model import LeftOut, MetricResult, MetricRow
from warehouse.metric_query.names import Names
from warehouse.metric_query.ordering import in_order
from warehouse.metric_query.periods import Stretch
from warehouse.metric_query.sources import ParameterBag, fact_source
from warehouse.rollups.declaration import COUNTERS


def answer_customers(connection: sa.Connection, metric: Metric, names: Names, start: date, end: date) -> MetricResult:
    """Answer one metric of different customers; n is the number of their tickets."""
    anchor = COUNTERS[metric.numerator]
    source = fact_source(anchor, Stretch(start, end, None), names)
    bag = ParameterBag()
    keys = "".join(f"{sql} as k{place}, " for place, sql in enumerate(source.keys(names)))
    group = "".join(f"k{place}, " for place in range(len(names.by)))
    # Grouping uses hashing, while count(distinct) would sort every row.
    statement = (
        f"select {group}count(customer_hash) filter (where counted > 0),"
        " coalesce(sum(counted) filter (where customer_hash is not null), 0)::bigint,"
        " coalesce(sum(counted) filter (where customer_hash is null), 0)::bigint,"
        " coalesce(sum(excluded), 0)::bigint, coalesce(sum(merged), 0)::bigint"
        f" from (select {keys}customer_hash, count(*) filter (where not is_excluded) as counted,"
        " count(*) filter (where is_excluded and not is_merged) as excluded,"
        " count(*) filter (where is_merged) as merged"
        f" from {source.relation(names)}"
        f" where {source.condition(names, bag)} and {source.timed_condition(names)} and {anchor.predicate}"
        f" group by {group}customer_hash) as customers{' group by ' + group.rstrip(', ') if group else ''}"
    )
    rows, nameless, excluded, merged = [], 0, 0, 0
    for row in connection.execute(sa.text(statement), bag.values):
        *group_keys, customers, tickets, unknown, left, gone = row
        nameless, excluded, merged = nameless + unknown, excluded + left, merged + gone
        if tickets or not names.by:
            rows.append(
                MetricRow(tuple(names.key(place, key) for place, key in enumerate(group_keys)), customers, tickets)
            )
    untimed = sum_counters(connection, (metric.numerator,), names.untimed(), start, end)[()] if names.is_hourly else {}
    reasons = (
        LeftOut(UNTIMED_REASON, sum(untimed.values())),
        LeftOut("tickets whose customer is not known", nameless),
        LeftOut(EXCLUDED_REASON, excluded, "excluded"),
        LeftOut(MERGED_REASON, merged, "merged"),
    )
    return MetricResult(metric, metric.unit, names.by, in_order(rows), present(reasons))
