"""Datasets of the page on reply and resolution times."""

from datetime import timedelta
from itertools import pairwise

from analytics.metrics import METRICS
from portal.numbers.reading import Point, Reading, Series
from portal.topics.resolution.dataset import (
    Cohorts,
    Distribution,
    DurationBin,
    DurationTrend,
    Matrix,
    MatrixCell,
    MatrixRow,
)
from tests.factories.overview import FIRST_DAY

METRIC = METRICS["resolution_time"]


def make_distribution(bins: int = 24, growth: float = 1.45) -> Distribution:
    """Return resolution times from two minutes on, most of them around two hours."""
    counts = [max(0, round(200 - 3 * (place - 12) ** 2)) for place in range(bins)]
    made = tuple(
        DurationBin(2 * growth**place, 2 * growth ** (place + 1), n, f"/tickets?bin={place}")
        for place, n in enumerate(counts)
    )
    return Distribution(METRIC, "minutes", made, Reading(2 * growth**12.4, sum(counts), "minutes", 2 * growth**18.2))


def make_day_distribution() -> Distribution:
    """Return a desk that knows dates only."""
    edges = (0, 1, 2, 3, 4, 6, 8, 11, 16, 22, 31)
    made = tuple(
        DurationBin(low, high, 90 - 8 * place, f"/tickets?bin={place}")
        for place, (low, high) in enumerate(pairwise(edges))
    )
    return Distribution(METRIC, "days", made, Reading(3.0, sum(each.n for each in made), "days", 12.0))


def make_duration_trend(weeks: int = 13, level: float = 126.0, growth: float = 1.02) -> DurationTrend:
    """Return medians that grow a little each week."""
    medians = tuple(level * growth**week for week in range(weeks))
    return DurationTrend(
        METRIC,
        "week",
        _series("Median", medians),
        _series("9 in 10", tuple(4 * value for value in medians)),
        is_partial=True,
    )


def make_cohorts(values: tuple[float | None, ...] = (130.0, 140.0, 180.0, None)) -> Cohorts:
    """Return months of which the last is not half solved."""
    naive = tuple(120.0 for _ in values)
    return Cohorts(
        "month",
        _series("Resolved only", naive),
        _series("With open tickets", values),
        tuple(range(len(values))),
        (400,) * len(values),
    )


def make_matrix() -> Matrix:
    """Return two categories at three priorities, one combination without tickets."""
    cells = tuple(
        MatrixCell(Reading(value, n, "minutes", 3 * value), f"/tickets?cell={value}")
        for value, n in ((60.0, 40), (126.0, 412), (300.0, 25), (120.0, 477))
    )
    return Matrix(
        ("Urgent", "High", "Medium"),
        (MatrixRow("Book orders", cells), MatrixRow("Account issues", (MatrixCell(None, ""), *cells[1:]))),
    )


def _series(label: str, values: tuple[float | None, ...]) -> Series:
    return Series(
        label,
        tuple(
            Point(
                FIRST_DAY + timedelta(weeks=week),
                FIRST_DAY + timedelta(weeks=week, days=6),
                Reading(value, 100, "minutes"),
                f"/tickets?week={week}",
            )
            for week, value in enumerate(values)
        ),
    )
