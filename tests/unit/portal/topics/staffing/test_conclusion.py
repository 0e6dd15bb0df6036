"""Sentences about a week of staff follow from its numbers."""

from dataclasses import replace
from datetime import UTC, datetime

from portal.topics.staffing import conclusion as says
from portal.topics.staffing.cards import today_card
from portal.topics.staffing.dataset import PlanOutcome, RestOfToday, gaps
from tests.factories.staffing import plan_hour, staffing_week


def test_people_by_hour_names_the_busiest_hour_and_what_is_missing() -> None:
    """From least to most, when most, and in how many hours somebody is missing."""
    hours = (plan_hour(8, 2, 2), plan_hour(9, 4, 2), plan_hour(10, 2, 2))
    said = says.people_by_hour(staffing_week(hours, has_roster=True))
    assert said == "The roster needs 2 to 4 people, most on Monday at 09:00; in 1 hour somebody is missing."


def test_an_even_week_and_an_empty_roster_are_said_as_such() -> None:
    """The same number all week, one person, and nobody rostered."""
    said = says.people_by_hour(staffing_week((plan_hour(8, 1), plan_hour(9, 1))))
    assert said == "The roster needs 1 person in every open hour. Nobody is rostered this week yet."


def test_one_fewer_is_told_where_it_means_most() -> None:
    """Written work or the live channel, whichever loses more."""
    week = staffing_week((plan_hour(8),))
    assert "60\u202f% of written contacts" in says.levels(week)
    little = replace(week, summary=replace(week.summary, written_levels=(0.99, 1.0, 1.0)))
    assert says.levels(little) == (
        "With one person fewer on calls, 70\u202f% would be answered in time instead of 90\u202f%."
    )
    calm = replace(week, summary=replace(week.summary, written_levels=(1.0, 1.0, 1.0)))
    assert says.levels(calm).startswith("With one person fewer on calls, 70\u202f%")
    assert "100\u202f% of written" in says.levels(replace(calm, channels=()))


def test_missing_people_are_counted_by_the_hour() -> None:
    """Two people missing for two hours are four working hours."""
    hours = (plan_hour(8, 3, 1), plan_hour(9, 3, 1))
    assert says.missing_people(gaps(hours)) == "The roster is short of 4 working hours."
    assert says.missing_people(()) == "The roster covers every hour of the week."


def test_every_outcome_has_a_reason_and_something_to_do() -> None:
    """Whatever is missing, the page says what, and what to do."""
    assert set(says.MISSING) == set(PlanOutcome)
    assert all(why and what_to_do for why, what_to_do in says.MISSING.values())


def test_today_says_what_came_until_when_and_what_is_still_to_come() -> None:
    """The number of the rest stands on the card; beside it what came, its range, and when and from what it was made."""
    rest = RestOfToday(datetime(2026, 3, 2, 12, 18, tzinfo=UTC), 12, 240, 130.0, 155.0, 210.4, 180.0, 242.0)
    assert says.today(rest) == "240 came until 12:00; 180 to 242 more on 8 of 10 such days"
    assert says.today_made(rest).startswith("Worked out at 12:18. The morning's forecast had 130 until 12:00 and 155")
    drawn = str(today_card(rest))
    assert "210" in drawn
    assert says.NO_TODAY not in drawn


def test_a_day_that_is_not_counted_by_the_hour_has_no_number() -> None:
    """Nothing is made up for it."""
    assert says.NO_TODAY in str(today_card(None))
