"""Intervals of many series at once: the errors of each are put on one scale, and together say how errors spread.

Four or six cutoffs of one series say little of how often its errors are large. Fifty parts of a desk say it well.
"""

from collections.abc import Sequence
from dataclasses import replace

from analytics.forecasting.forecast import SHOWN, Ahead, SeriesForecast
from analytics.forecasting.intervals import made_alike, pooled_quantiles
from analytics.forecasting.past import quantiles_of


def with_pooled_intervals(made: Sequence[SeriesForecast]) -> tuple[SeriesForecast, ...]:
    """Return the forecasts with the intervals of each model drawn towards what all series have in common.

    Args:
        made: Forecasts of the series of one desk, or of others that belong together.
    """
    errors = [
        {name: found for name in SHOWN if each.past is not None and (found := each.past.errors(name)) is not None}
        for each in made
    ]
    pooled = {
        name: pooled_quantiles([made_alike(found[name])[1] for found in errors if name in found]) for name in SHOWN
    }
    return tuple(
        each
        if each.now is None
        else replace(
            each,
            models={
                name: Ahead(said.expected, quantiles_of(said.expected, each.now, found.get(name), pooled[name]))
                for name, said in each.models.items()
            },
        )
        for each, found in zip(made, errors, strict=True)
    )
