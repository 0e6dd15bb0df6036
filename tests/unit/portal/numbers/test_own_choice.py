"""What a link sets stays on the page it opens; what the reader chose himself goes with him."""

from dataclasses import replace
from datetime import date

import pytest

from portal.numbers.filters import Days, Period, TicketFilters, from_search
from portal.numbers.own_choice import carrying, chosen, own_choice
from portal.numbers.reader import tickets_href

DAYS = Days(date(2024, 3, 1), date(2026, 2, 28))
CHOSEN = "?period=last_12_months&compare=last_year&channel=email"


def read(search: str) -> TicketFilters:
    """Return the filters of an address."""
    return from_search(search, DAYS)[0]


def followed(search: str, **changes: object) -> TicketFilters:
    """Return the filters of the page that a link with other filters opens."""
    return read(replace(read(search), **changes).to_search())  # type: ignore[arg-type]


@pytest.mark.parametrize("search", ["", CHOSEN, "?from=2026-01-01&to=2026-01-31&category=a%252Cb,~"])
def test_the_reader_finds_his_own_choice_after_any_number_of_links(search: str) -> None:
    """A week of a chart, then one agent, then the whole history."""
    first = followed(search, start=date(2026, 2, 2), end=date(2026, 2, 9), period=Period.CUSTOM)
    second = read(first.with_values("agent", ("Maria",)).to_search())
    third = read(replace(second, period=Period.ALL, where=()).to_search())
    assert third.period is Period.ALL
    for each in (first, second, third):
        assert own_choice(each, DAYS) == read(search)
        assert own_choice(each, DAYS).to_search() == read(search).to_search()


def test_a_link_to_the_same_days_says_nothing_of_a_choice() -> None:
    """An address is no longer than it has to be."""
    assert tickets_href(read(CHOSEN), "created") == f"/tickets{CHOSEN}&metric=created"
    assert "own=period%3Dlast_13_weeks" in tickets_href(read(""), "created", days=(date(2026, 2, 2), date(2026, 2, 9)))


def test_what_the_reader_changes_himself_is_his_and_what_the_link_set_is_not() -> None:
    """A channel chosen on a page of one week is kept; the week is not."""
    week = followed(CHOSEN, start=date(2026, 2, 2), end=date(2026, 2, 9), period=Period.CUSTOM)
    after = read(chosen(week, week.with_values("channel", ("chat",)), DAYS).to_search())
    assert (after.start, after.values("channel")) == (date(2026, 2, 2), ("chat",))
    assert own_choice(after, DAYS).to_search() == "?period=last_12_months&compare=last_year&channel=chat"


def test_a_period_of_ones_own_ends_what_a_link_set() -> None:
    """With the same filters as before nothing is left to say."""
    week = followed(CHOSEN, start=date(2026, 2, 2), end=date(2026, 2, 9), period=Period.CUSTOM)
    named = read("?period=last_30_days")
    after = chosen(week, replace(week, start=named.start, end=named.end, period=named.period), DAYS)
    assert after.to_search() == "?period=last_30_days&compare=last_year&channel=email"


def test_without_a_link_a_change_is_all_there_is() -> None:
    """Nobody reads of a choice that was never left."""
    shown = read(CHOSEN)
    assert chosen(shown, shown.with_values("channel", ()), DAYS).to_search() == (
        "?period=last_12_months&compare=last_year"
    )


def test_a_field_of_a_form_that_is_named_like_a_filter_is_none() -> None:
    """A keyword's category filters nothing on the pages after."""
    assert carrying({"told": "settings"}, read("").own, DAYS) == {"told": "settings"}
    assert carrying({"category": "refund"}, read("").own, DAYS) == {"category": "refund", "own": "period=last_13_weeks"}


@pytest.mark.parametrize("own", ["zzz", "%3Fown%3Dx", "from%3D2026-99-99", "period=all%26own%3Dperiod%253Dall"])
def test_a_choice_that_cannot_be_read_is_the_usual_one_or_what_can_be_read(own: str) -> None:
    """Anybody may type an address."""
    assert own_choice(read(f"?period=last_7_days&own={own}"), DAYS).period in {Period.LAST_13_WEEKS, Period.ALL}
