"""An instant on the command line is written in one way, with its offset, and read in the desk's zone without one."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.instants import InstantError, has_offset, instant_text, read_instant

JOHANNESBURG = ZoneInfo("Africa/Johannesburg")
DUBLIN = ZoneInfo("Europe/Dublin")
AT = datetime(2026, 11, 30, 19, 4, 9, tzinfo=UTC)


def test_an_instant_is_written_by_the_desk_s_clock_with_its_offset() -> None:
    """To the minute, or as exactly as asked for."""
    assert instant_text(AT, JOHANNESBURG) == "2026-11-30 21:04 +02:00"
    assert instant_text(AT, JOHANNESBURG, "seconds") == "2026-11-30 21:04:09 +02:00"
    assert instant_text(AT, None) == "2026-11-30 19:04 +00:00"


@pytest.mark.parametrize(
    "text",
    ["2026-11-30 21:04:09 +02:00", "2026-11-30T21:04:09+02:00", "2026-11-30 19:04:09Z", "2026-11-30T19:04:09 Z"],
)
def test_an_offset_is_taken_as_it_stands(text: str) -> None:
    """Whatever the desk's own zone is."""
    assert has_offset(text)
    assert read_instant(text, DUBLIN) == AT


@pytest.mark.parametrize("text", ["2026-11-30 21:04", " 2026-11-30T21:04:00 ", "2026-11-30 21:04:00.000000"])
def test_without_an_offset_the_desk_s_clock_counts(text: str) -> None:
    """Of whatever country this machine is."""
    assert not has_offset(text)
    assert read_instant(text, JOHANNESBURG) == AT.replace(second=0)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01 10:00", "2026-11-30 25:00", "30/11/2026 10:00"])
def test_what_is_no_instant_says_how_to_write_one(text: str) -> None:
    """No traceback."""
    with pytest.raises(InstantError, match="Write it as 2026-11-25 10:30"):
        read_instant(text, JOHANNESBURG)


def test_a_time_that_came_twice_asks_which() -> None:
    """Both offsets are written out, ready to be typed."""
    with pytest.raises(InstantError, match="came twice in Europe/Dublin") as caught:
        read_instant("2026-10-25 01:30", DUBLIN)
    assert caught.value.hint == "Say which: write 2026-10-25 01:30 +01:00 or 2026-10-25 01:30 +00:00."
    assert read_instant("2026-10-25 01:30 +00:00", DUBLIN) - read_instant("2026-10-25 01:30 +01:00", DUBLIN)


def test_a_time_that_never_came_says_so() -> None:
    """Python would take a guess."""
    with pytest.raises(InstantError, match="2026-03-29 01:30 does not exist in Europe/Dublin"):
        read_instant("2026-03-29 01:30", DUBLIN)


@given(
    at=st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    zone=st.sampled_from([JOHANNESBURG, DUBLIN, ZoneInfo("Asia/Kolkata"), ZoneInfo("America/St_Johns")]),
)
def test_what_is_printed_can_be_typed(at: datetime, zone: ZoneInfo) -> None:
    """Copied from one command into another, it is the same instant, in the hours of changing clocks too."""
    assert read_instant(instant_text(at, zone, "microseconds"), DUBLIN) == at
