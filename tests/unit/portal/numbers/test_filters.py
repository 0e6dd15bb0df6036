"""An address holds all filters, and no address can break a page."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from analytics.vocabulary import DIMENSIONS
from portal.numbers.buckets import buckets, drawn, grain_for
from portal.numbers.filters import Comparison, Days, Period, TicketFilters, from_search

DAYS = Days(date(2024, 3, 1), date(2026, 2, 28))

_values = st.lists(
    st.none() | st.text(st.characters(exclude_characters="\x00", codec="utf-8"), min_size=1, max_size=30),
    min_size=1,
    max_size=4,
    unique=True,
)
_wheres = st.dictionaries(st.sampled_from(DIMENSIONS), _values, max_size=4).map(
    lambda chosen: tuple((name, tuple(chosen[name])) for name in DIMENSIONS if name in chosen)
)


@st.composite
def _filters(draw: st.DrawFn) -> TicketFilters:
    period = draw(st.sampled_from(Period))
    compare, where = draw(st.sampled_from(Comparison)), draw(_wheres)
    if period is Period.CUSTOM:
        start = draw(st.dates(date(1990, 1, 1), date(2050, 1, 1)))
        length = draw(st.integers(1, 4_000))
        return TicketFilters(start, start + timedelta(days=length), period, compare, where)
    named = from_search(f"?period={period}", DAYS)[0]
    return TicketFilters(named.start, named.end, period, compare, where)


@given(_filters())
def test_reading_a_written_address_gives_the_same_filters(filters: TicketFilters) -> None:
    assert from_search(filters.to_search(), DAYS) == (filters, ())


@given(st.text(max_size=300) | st.text("?&=%,~-+0123456789fromtoperidcmax", max_size=80))
def test_no_address_raises_and_every_period_has_a_day(search: str) -> None:
    filters, _ = from_search(search, DAYS)
    assert filters.length >= 1


def test_the_default_is_the_last_13_whole_weeks_and_the_one_under_way() -> None:
    """The last day is a Saturday; a Monday is compared with a Monday, six days of a week with six."""
    filters, notices = from_search("", DAYS)

    assert (filters.start, filters.end, filters.length) == (date(2025, 11, 24), date(2026, 3, 1), 13 * 7 + 6)
    assert filters.compared_days == (date(2025, 8, 18), date(2025, 11, 23))
    assert notices == ()


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)))
def test_the_weeks_of_the_default_leave_no_day_out(last: date) -> None:
    """So a card is the sum of its chart, on whatever day of the week somebody looks."""
    filters, _ = from_search("", Days(date(1990, 1, 1), last))
    shown = drawn(buckets(filters.start, filters.end, grain_for(filters.start, filters.end), last))
    assert (shown[0].start, shown[-1].end) == (filters.start, filters.end)
    assert all(one.end == following.start for one, following in pairwise(shown))
    assert (len(shown), shown[-1].is_running) == (14, True)
    before = filters.compared()
    assert before is not None
    assert (before.length, before.start.weekday()) == (filters.length, 0)


def test_a_month_that_is_not_over_is_compared_with_the_same_part_of_the_month_before() -> None:
    """156 tickets in 15 days are not set against a whole month."""
    days = Days(date(2025, 1, 1), date(2026, 3, 15))
    filters, _ = from_search("?from=2026-03-01&to=2026-03-31", days)
    assert filters.compared_days == (date(2026, 2, 1), date(2026, 2, 16))
    assert filters.compared_to == "vs previous period, so far"
    last_year, _ = from_search("?from=2026-03-01&to=2026-03-31&compare=last_year", days)
    assert last_year.compared_days == (date(2025, 3, 2), date(2025, 3, 17))
    over, _ = from_search("?from=2026-02-01&to=2026-02-28", days)
    assert (over.compared_days, over.compared_to) == ((date(2026, 1, 1), date(2026, 2, 1)), "vs previous period")


def test_what_a_desk_has_declared_is_a_filter_like_any_other() -> None:
    filters, _ = from_search("?custom.region=North,~&priority=high&custom.Odd%20name=x", DAYS)
    assert filters.where == (("priority", ("high",)), ("custom.region", ("North", None)))
    assert from_search(filters.to_search(), DAYS) == (filters, ())


def test_last_year_compares_the_same_weekdays() -> None:
    filters, _ = from_search("?from=2026-02-02&to=2026-02-08&compare=last_year", DAYS)

    before = filters.compared()
    assert before is not None
    assert (before.start, before.end) == (date(2025, 2, 3), date(2025, 2, 10))
    assert before.start.weekday() == filters.start.weekday()


def test_what_cannot_be_read_falls_back_with_a_notice_each() -> None:
    filters, notices = from_search("?period=next_week&compare=mars", DAYS)

    assert (filters.period, filters.compare) == (Period.LAST_13_WEEKS, Comparison.PREVIOUS)
    assert len(notices) == 2


def test_dates_the_wrong_way_round_fall_back_with_a_notice() -> None:
    filters, notices = from_search("?from=2026-02-08&to=2026-02-02", DAYS)

    assert filters.period is Period.LAST_13_WEEKS
    said = "“from” is 8 Feb 2026, after “to”, which is 2 Feb 2026: change one of the two."
    (notice,) = notices
    assert notice.replace("\u00a0", " ") == f"{said} Until the address is put right, the last 13 weeks are shown."


def test_nothing_is_compared_with_days_before_the_first_ticket() -> None:
    """The desk may have been as busy then, and nothing is known of it."""
    for search in (
        "?period=all",
        "?period=all&compare=last_year",
        "?period=last_24_months",
        "?from=2024-03-10&to=2024-04-01",
    ):
        filters = from_search(search, DAYS)[0]
        assert (filters.compared_days, filters.compared(), filters.compared_to) == (None, None, "")
    assert from_search("?period=last_12_months", DAYS)[0].compared_to == "vs previous period"


def test_removing_the_last_value_removes_the_filter() -> None:
    filters, _ = from_search("?channel=email", DAYS)

    assert filters.with_values("channel", ()).where == ()


def test_values_keep_commas_and_tildes_apart_from_the_grammar() -> None:
    filters = from_search("", DAYS)[0].with_values("category", ("Roads, bridges", "~", None, "100%"))

    assert from_search(filters.to_search(), DAYS)[0].values("category") == ("Roads, bridges", "~", None, "100%")


def test_values_that_cannot_be_used_are_said() -> None:
    """The first fifty of a filter count, so that an address is never too much to ask."""
    filters, notices = from_search(f"?channel=,&category={','.join(f'c{number}' for number in range(51))}", DAYS)

    assert len(filters.values("category")) == 50
    assert notices == ("Not every value of “category” in the address can be used.",)
    assert from_search("?agent=%00", DAYS)[1] == ("Not every value of “agent” in the address can be used.",)
