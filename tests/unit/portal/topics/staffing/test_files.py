"""The plan's files: one line an hour, and shifts that calendars read."""

import csv
import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar

from portal.topics.staffing.dataset import PlanShift
from portal.topics.staffing.files import hours_table, shifts_calendar
from table_files.csv_file import csv_texts
from tests.factories.staffing import plan_hour

ZONE = ZoneInfo("Africa/Johannesburg")
MADE_AT = datetime(2026, 3, 1, tzinfo=UTC)
SHIFT = PlanShift(datetime(2026, 3, 2, 8, tzinfo=ZONE), datetime(2026, 3, 2, 17, tzinfo=ZONE), 3)


def test_each_open_hour_is_a_line() -> None:
    """The file reads back as the hours, with the zone in its heading."""
    table = hours_table((plan_hour(8, 3, 1.0), plan_hour(9, 4, 4.0)), "Africa/Johannesburg")
    head, first, second = csv.reader(io.StringIO("".join(csv_texts(table))))
    assert head[:2] == ["Day (Africa/Johannesburg)", "Hour (Africa/Johannesburg)"]
    assert first == ["2026-03-02", "08:00", "2", "3", "2", "5", "1.0", "2", "4.0", "0.5"]
    assert second[6:8] == ["4.0", "0"]


def test_a_shift_is_an_event_in_a_calendar() -> None:
    """From and until in UTC, with how many people."""
    (event,) = Calendar.from_ical(shifts_calendar((SHIFT,), MADE_AT)).walk("VEVENT")
    assert event.decoded("DTSTART") == datetime(2026, 3, 2, 6, tzinfo=UTC)
    assert event.decoded("DTEND") == datetime(2026, 3, 2, 15, tzinfo=UTC)
    assert str(event["SUMMARY"]) == "3 people on support"


def test_the_same_shift_keeps_its_name() -> None:
    """A later file with other people for the shift replaces it; another shift is another event."""
    later = PlanShift(SHIFT.start, SHIFT.end, 5)
    other = PlanShift(SHIFT.start, SHIFT.end.replace(hour=16), 3)
    names = [
        str(event["UID"])
        for event in Calendar.from_ical(shifts_calendar((SHIFT, later, other), MADE_AT)).walk("VEVENT")
    ]
    assert names[0] == names[1] != names[2]


def test_no_shifts_are_a_calendar_without_events() -> None:
    """An empty plan is still a calendar that can be opened."""
    assert Calendar.from_ical(shifts_calendar((), MADE_AT)).walk("VEVENT") == []
