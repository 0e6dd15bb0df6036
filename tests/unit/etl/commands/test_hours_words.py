"""Days of the week and hours of a day are read as people type them."""

import pytest

from etl.commands.hours_words import BadWeeklyHoursError, hours_of, weekdays_of


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("sat,sun", {5, 6}),
        ("Wednesday", {2}),
        ("fri-mon", {4, 5, 6, 0}),
        ("mon-tue,SAT", {0, 1, 5}),
    ],
)
def test_days_are_names_ranges_and_lists(text: str, weekdays: set[int]) -> None:
    assert weekdays_of(text) == weekdays


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        (["13:00-17:00", "09:00-12:00"], ((540, 720), (780, 1020))),
        (["closed"], ()),
        (["22:00-06:00"], ((1320, 1800),)),
        (["18:00-00:00"], ((1080, 1440),)),
        (["00:00-24:00"], ((0, 1440),)),
        (["09:00-23:59"], ((540, 1440),)),
    ],
)
def test_hours_are_in_order_and_may_run_past_midnight(words: list[str], hours: tuple[tuple[int, int], ...]) -> None:
    assert hours_of(words, "mon") == hours


@pytest.mark.parametrize("word", ["9-17", "09:00", "09:00-09:00", "24:00-06:00", "09:00-25:00", "noon", "09:00-17:60"])
def test_hours_that_are_none_are_quoted(word: str) -> None:
    with pytest.raises(BadWeeklyHoursError, match=f"'{word}'"):
        hours_of([word], "mon")


@pytest.mark.parametrize("text", ["", "mo", "mon-", "mon,,tue", "weekend"])
def test_days_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(BadWeeklyHoursError):
        weekdays_of(text)


def test_days_without_hours_are_refused() -> None:
    with pytest.raises(BadWeeklyHoursError, match="'mon-fri'"):
        hours_of([], "mon-fri")
