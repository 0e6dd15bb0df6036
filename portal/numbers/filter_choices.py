"""What the filter bar offers."""

import sqlalchemy as sa

from portal.numbers.reader import names
from warehouse import metric_query


def filter_labels(connection: sa.Connection) -> dict[str, dict[str | None, str]]:
    """Return, for each dimension that tickets differ in, its values with what a manager calls them."""
    named = {dimension: names(connection, dimension) for dimension in metric_query.dimension_values(connection)}
    return {
        dimension: {value: name.label for value, name in values.items()}
        for dimension, values in named.items()
        if any(value is not None for value in values)
    }
