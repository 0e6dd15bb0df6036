"""What a form holds is an event, or one sentence says why not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.topics.forecast.commands import InvalidEventError, NewEvent, checked_event


def test_a_whole_form() -> None:
    """Spaces are tidied, a missing last day is the first, per cent become a share."""
    assert checked_event("  Back  to school ", "2026-01-14", "", "45") == NewEvent(
        "Back to school", date(2026, 1, 14), date(2026, 1, 14), 0.45
    )
    assert checked_event("Term", "2026-01-14", "2026-03-27", " ").expected_change is None


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (("", "2026-01-14", "", ""), "name"),
        (("x" * 101, "2026-01-14", "", ""), "name"),
        (("a\x00b", "2026-01-14", "", ""), "name"),
        (("Term", "14/01/2026", "", ""), "“First day” is “14/01/2026”, which is no date"),
        (("Term", "1066-10-14", "", ""), "“First day” is 14.Oct.1066"),
        (("Term", "2026-01-14", "2026-01-13", ""), "after “Last day”"),
        (("Term", "2026-01-14", "2027-01-15", ""), "longer than a year"),
        (("Term", "2026-01-14", "", "-100"), "expected change"),
        (("Term", "2026-01-14", "", "nan"), "expected change"),
        (("Term", "2026-01-14", "", "1e9"), "expected change"),
    ],
)
def test_what_cannot_be_kept_is_named(form: tuple[str, str, str, str], told: str) -> None:
    """One sentence for each."""
    with pytest.raises(InvalidEventError, match=told):
        checked_event(*form)


@given(st.text(max_size=120), st.text(max_size=12), st.text(max_size=12), st.text(max_size=8))
def test_any_form_is_an_event_or_refused(name: str, first: str, last: str, percent: str) -> None:
    """Never another error, never what the table would refuse."""
    try:
        event = checked_event(name, first, last, percent)
    except InvalidEventError:
        return
    assert event.name == event.name.strip() != ""
    assert 0 <= (event.last - event.first).days < 366
