"""The figure of people by hour shows each open hour, its range and the roster."""

from portal.plots.theme import LIGHT
from portal.topics.staffing.figure import hour_words, people_by_hour
from tests.factories.staffing import plan_hour, staffing_week


def test_each_open_hour_is_a_bar_with_its_range() -> None:
    """Bars are as high as people are needed; the line reaches from a quiet day to a busy one; days stand apart."""
    figure = people_by_hour(staffing_week((plan_hour(8, 3), plan_hour(9, 4), plan_hour(8, 2, day=1))), LIGHT)
    (bars,) = figure["data"]
    assert bars["y"] == [3, 4, 2]
    assert bars["x"] == [0, 1, 3]
    assert bars["error_y"]["array"] == [2, 2, 2]
    assert bars["error_y"]["arrayminus"] == [1, 1, 1]
    assert figure["layout"]["yaxis"]["range"][1] >= 6


def test_hours_that_lack_people_stand_out() -> None:
    """With a roster, what is rostered is marked and an hour that lacks people has another colour."""
    week = staffing_week((plan_hour(8, 3, 3), plan_hour(9, 3, 1)), has_roster=True)
    bars, rostered = people_by_hour(week, LIGHT)["data"]
    assert bars["marker"]["color"] == [LIGHT.accent, LIGHT.bad]
    assert rostered["y"] == [3, 1]


def test_an_hour_is_told_in_a_line() -> None:
    """The moment, the people, the range, and what is missing."""
    told = hour_words(plan_hour(9, 3, 1), with_roster=True).replace("\u00a0", " ")
    assert told == "Mon 2 Mar, 09:00: 3 people on the roster (2 to 5); rostered 1, 2 short"


def test_a_week_without_hours_is_drawn_empty() -> None:
    """No hours, no bars, no error."""
    assert people_by_hour(staffing_week(()), LIGHT)["data"][0]["y"] == []
