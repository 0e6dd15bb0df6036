"""A series has one count for every day, or says what is wrong."""

from datetime import date

import numpy as np
import pytest

from analytics.forecasting.errors import ForecastInputError
from analytics.forecasting.series import daily_series

FIRST = date(2026, 3, 2)


def test_days_that_are_not_named_are_unknown() -> None:
    """A gap is no nought."""
    series = daily_series([date(2026, 3, 4), FIRST], [5.0, 3.0])
    assert series.first_date == FIRST
    assert series.last_date == date(2026, 3, 4)
    assert np.isnan(series.counts[1])


def test_parts_before_and_after_a_day() -> None:
    """Beyond its end nothing is known."""
    series = daily_series([date(2026, 3, day) for day in range(2, 7)], [1.0, 2, 3, 4, 5])
    assert series.until(date(2026, 3, 4)).counts.tolist() == [1, 2, 3]
    after = series.after(date(2026, 3, 4), 3)
    assert after[:2].tolist() == [4, 5]
    assert np.isnan(after[2])


@pytest.mark.parametrize(
    ("days", "counts", "told"),
    [
        ([], [], "no days"),
        ([FIRST, FIRST], [1.0, 2.0], "comes twice"),
        ([FIRST], [-1.0], "negative"),
        ([FIRST], [float("inf")], "infinite"),
        ([date(1900, 1, 1), date(2026, 1, 1)], [1.0, 1.0], "century"),
    ],
)
def test_what_cannot_be_a_series_is_named(days: list[date], counts: list[float], told: str) -> None:
    """One sentence for each mistake."""
    with pytest.raises(ForecastInputError, match=told):
        daily_series(days, counts)
