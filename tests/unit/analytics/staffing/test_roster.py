"""A roster file is taken whole or refused with its lines, whatever is in it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.staffing.roster import MOST_BYTES, RosterEntry, RosterFileError, read_roster

ZONE = "Africa/Johannesburg"
HEAD = "agent,date,start,end\n"


def read(lines: str, head: str = HEAD) -> tuple[RosterEntry, ...]:
    """Read a roster of some lines."""
    return read_roster((head + lines).encode(), ZONE)


def test_the_example_of_the_description() -> None:
    """A day shift, and a night shift that ends the next morning, in UTC."""
    day, night = read("Lerato Molefe,2026-03-02,08:00,17:00\nSipho Dube,2026-03-02,22:00,06:00\n")
    assert day == RosterEntry(
        "Lerato Molefe", datetime(2026, 3, 2, 6, tzinfo=UTC), datetime(2026, 3, 2, 15, tzinfo=UTC)
    )
    assert night.ends_at == datetime(2026, 3, 3, 4, tzinfo=UTC)


def test_what_spreadsheets_write_is_read() -> None:
    """A byte order mark, semicolons, other columns, another order, capitals and empty lines are all fine."""
    content = "\ufeffDate;Team;Agent;Start;End\r\n2026-03-02;Orders;Lerato;08:00;17:00\r\n;;;;\r\n".encode()
    assert [entry.agent_name for entry in read_roster(content, ZONE)] == ["Lerato"]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("", "no lines"),
        (",2026-03-02,08:00,17:00\n", "Line 2: an agent's name"),
        (f"{'x' * 101},2026-03-02,08:00,17:00\n", "Line 2: an agent's name"),
        ("Le\x07rato,2026-03-02,08:00,17:00\n", "Line 2: an agent's name"),
        ("Lerato,02/03/2026,08:00,17:00\n", "Line 2: a date like"),
        ("Lerato,2026-03-02,8 am,17:00\n", "Line 2: a date like"),
        ("Lerato,9999-03-02,08:00,17:00\n", "Line 2: the date is too far"),
        ("Lerato,2026-03-02\n", "Line 2: a date like"),
        ("Lerato,2026-03-02,08:00,17:00\nLerato,2026-03-02,08:00,12:00\n", "Line 3: this shift stands"),
    ],
)
def test_a_wrong_line_is_named(lines: str, words: str) -> None:
    """The number of the line and what is wrong with it; nothing is taken in."""
    with pytest.raises(RosterFileError, match=words):
        read(lines)


def test_only_the_first_wrong_lines_are_told() -> None:
    """A thousand wrong lines make no thousand sentences."""
    with pytest.raises(RosterFileError) as refused:
        read("Lerato,soon,08:00,17:00\n" * 1000)
    assert str(refused.value).count("Line ") == 5
    assert "995 more" in str(refused.value)


def test_what_is_no_roster_is_refused() -> None:
    """Another heading, no text, and too much of it are each said."""
    with pytest.raises(RosterFileError, match="start, end"):
        read("x\n", head="agent,date\n")
    with pytest.raises(RosterFileError, match="UTF-8"):
        read_roster(b"\xff\xfe\x00agent", ZONE)
    with pytest.raises(RosterFileError, match="larger"):
        read_roster(b"x" * (MOST_BYTES + 1), ZONE)


def test_a_shift_through_a_change_of_clocks_is_as_long_as_it_was() -> None:
    """From 22:00 to 06:00 over the night in October when clocks go back: nine hours."""
    (night,) = read_roster(b"agent,date,start,end\nAnna,2026-10-24,22:00,06:00\n", "Europe/Berlin")
    assert night.ends_at - night.starts_at == timedelta(hours=9)


@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Nothing but a refusal comes of bytes that are no roster, and shifts of those that are one."""
    for each in (content, HEAD.encode() + content):
        try:
            entries = read_roster(each, ZONE)
        except RosterFileError:
            continue
        assert entries


@given(lines=st.text(max_size=200))
def test_any_text_is_read_or_refused(lines: str) -> None:
    """Whatever stands below the heading, shifts are at most a day long and have names."""
    try:
        entries = read_roster((HEAD + lines).encode("utf-8", "surrogatepass"), ZONE)
    except RosterFileError:
        return
    assert all(timedelta() < entry.ends_at - entry.starts_at <= timedelta(hours=24) for entry in entries)
    assert all(entry.agent_name for entry in entries)
