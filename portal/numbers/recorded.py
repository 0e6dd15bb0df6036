"""Whether the desk has ever had what a number is made of, whatever the filters."""

from datetime import timedelta

import sqlalchemy as sa

from warehouse import metric_query


def is_recorded(connection: sa.Connection, metric: str) -> bool:
    """Tell whether anything was ever measured of a metric.

    Args:
        connection: Any.
        metric: Its slug.
    """
    version = metric_query.data_version(connection)
    if version.first_date is None or version.last_date is None:
        return False
    query = metric_query.MetricQuery(metric, version.first_date, version.last_date + timedelta(days=1), (), ())
    return any(row.n for row in metric_query.run(connection, query).rows)
