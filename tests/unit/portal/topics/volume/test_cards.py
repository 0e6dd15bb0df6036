"""The cards of the Volume page say what they do not draw."""

from dataclasses import replace
from datetime import date

from portal.numbers.filters import Period, TicketFilters
from portal.numbers.reading import Series
from portal.topics.volume.cards import split_block
from tests.factories.volume import make_split
from tests.factories.why_nothing import make_why

WHY = make_why(TicketFilters(date(2026, 1, 1), date(2026, 3, 1), Period.CUSTOM))


def test_weeks_that_the_period_cuts_are_said_to_be_left_out() -> None:
    """Without one nothing is said of it."""
    said = "Weeks cut by the ends of the period are counted, and not drawn."
    assert said in str(split_block(replace(make_split(), is_partial=True), WHY))
    assert said not in str(split_block(make_split(), WHY))


def test_the_column_under_way_is_hatched_and_told_so_far() -> None:
    """Else a week that has just begun would look like a fall."""
    split = make_split()
    assert "is-running" not in str(split_block(split, WHY))
    parts = tuple(replace(part, trend=_running(part.trend)) for part in split.parts)
    said = str(split_block(replace(split, parts=parts), WHY))
    assert said.count("column is-running") == len(parts)
    assert "Hatched: " in said
    assert "which is not over yet." in said
    assert ", so far: " in said


def _running(trend: Series) -> Series:
    return replace(trend, points=(*trend.points[:-1], replace(trend.points[-1], is_running=True)))
