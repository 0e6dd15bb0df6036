"""Changes of a desk with planted differences are judged as they were planted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
import sqlalchemy as sa

from etl.marts.refresh import refresh_marts
from portal.numbers.filters import Comparison, Period, TicketFilters
from portal.topics.overview import query as overview
from portal.topics.overview.dataset import Kpi
from portal.topics.resolution import query as resolution
from tests.factories.desk import add_message, add_status, add_ticket
from tests.integration.conftest import Database, DeskTemplates

_FIRST = datetime(2026, 1, 5, 8, tzinfo=UTC)
_WEEKS = 6
_DAYS = _WEEKS * 7
_NOW = TicketFilters(date(2026, 2, 16), date(2026, 3, 30), Period.CUSTOM)
_SLOW, _QUICK = "technical_support", "account_issue"


def _fill(engine: sa.Engine) -> None:
    """Add six weeks with many slow tickets, then six with many quick ones; neither kind gets slower or quicker."""
    random = Random(5)
    with engine.begin() as connection:
        for day in range(2 * _DAYS):
            is_now = day >= _DAYS
            for number in range(8):
                category = _QUICK if (number < (6 if is_now else 2)) else _SLOW
                _add(connection, random, _FIRST + timedelta(days=day, minutes=number), category, is_late=is_now)
        refresh_marts(connection, "Africa/Johannesburg")


def _add(connection: sa.Connection, random: Random, at: datetime, category: str, *, is_late: bool) -> None:
    ticket = add_ticket(connection, at, category=category)
    # The first answer takes three times as long in the later weeks.
    minutes = random.lognormvariate(2.5, 0.5) * (3 if is_late else 1)
    add_message(connection, ticket, at + timedelta(minutes=minutes), "Lerato")
    hours = random.lognormvariate(1.6 if category == _QUICK else 3.2, 0.3)
    add_status(connection, ticket, "resolved", at + timedelta(hours=hours))


@pytest.fixture(scope="module")
def desk(desk_templates: DeskTemplates) -> Iterator[Database]:
    """The planted desk."""
    with desk_templates.clone(_fill) as database:
        yield database


@pytest.fixture(scope="module")
def connection(desk: Database) -> Iterator[sa.Connection]:
    """Reads the desk."""
    with desk.engine.connect() as reading:
        yield reading


def _cards(connection: sa.Connection, filters: TicketFilters) -> dict[str, Kpi]:
    return {card.metric.slug: card for card in overview.kpis(connection, filters)}


def test_a_median_that_only_the_mix_moved_says_so(connection: sa.Connection) -> None:
    """Half are solved hours sooner, and all of it is that more of the tickets are of the quick kind."""
    card = _cards(connection, _NOW)["resolution_time"]
    assert card.before is not None
    assert (card.now.value or 0) < 0.5 * (card.before.value or 0)
    assert card.judged.is_clear
    assert not card.judged.has_tone
    mix = card.judged.mix
    assert mix is not None
    assert mix.dimension == "category"
    assert mix.held == pytest.approx(card.before.value, rel=0.15)
    assert mix.held + mix.change == pytest.approx(card.now.value)


def test_both_cards_of_the_resolution_page_say_it(connection: sa.Connection) -> None:
    """The median moved by the mix alone; the slowest tenth are the slow kind in both periods."""
    summary = resolution.summary(connection, _NOW, "resolution_time")
    assert summary.judged.mix is not None
    assert not summary.judged.has_tone


def test_the_rows_beneath_have_no_colour(connection: sa.Connection) -> None:
    """Neither kind changed by more than chance."""
    rows = resolution.category_times(connection, _NOW)
    assert len(rows) == 2
    assert not any(row.judged.is_clear for row in rows)


def test_a_planted_slowing_is_found(connection: sa.Connection) -> None:
    """The first answer takes three times as long, in every kind: that is no mix."""
    judged = _cards(connection, _NOW)["first_reply_time"].judged
    assert judged.has_tone
    assert judged.mix is None


def test_counts_that_stayed_are_not_told_from_chance(connection: sa.Connection) -> None:
    """Eight tickets a day in both periods."""
    assert not _cards(connection, _NOW)["created"].judged.is_clear


def test_days_like_the_days_before_have_no_colour(connection: sa.Connection) -> None:
    """Three weeks against the three before them, all alike."""
    early = replace(_NOW, start=date(2026, 1, 26), end=date(2026, 2, 16))
    assert not any(card.judged.has_tone for card in _cards(connection, early).values())


def test_a_week_is_compared_day_by_day(connection: sa.Connection) -> None:
    """The week in which the first answer slowed down is found with seven days on each side."""
    week = replace(_NOW, end=date(2026, 2, 23))
    assert _cards(connection, week)["first_reply_time"].judged.has_tone


def test_without_a_comparison_nothing_is_judged(connection: sa.Connection) -> None:
    """There is no change to speak of."""
    alone = replace(_NOW, compare=Comparison.NONE)
    assert not any(card.judged.is_clear for card in _cards(connection, alone).values())
    assert not any(row.judged.is_clear for row in resolution.category_times(connection, alone))


def test_the_same_weeks_of_last_year_are_compared_too(connection: sa.Connection) -> None:
    """There are no tickets then, and so nothing is said of how long they took."""
    cards = _cards(connection, replace(_NOW, compare=Comparison.LAST_YEAR))
    assert not cards["resolution_time"].judged.is_clear
    assert cards["created"].judged.is_clear
