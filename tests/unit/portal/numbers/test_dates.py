"""Dates that are no period end in one sentence that names the field to change."""

from datetime import date

import pytest

from portal.numbers.dates import UnusableDatesError, outside_notice, read_dates, read_typed_dates

DATA = (date(2024, 3, 1), date(2026, 2, 28))
NAMES = ("From", "To")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-02-08", "2026-02-02", "“From” is 8 Feb 2026, after “To”, which is 2 Feb 2026: change one of the two."),
        ("2026-02-30", "2026-03-02", "“From” is “2026-02-30”, which is no date"),
        ("2026-02-01", "soon", "“To” is “soon”, which is no date"),
        ("2026-02-01", "9999-01-01", "“To” is 1 Jan 9999: name a day from 1970 to 2099."),
        ("2026-05-01", "", "“From” is 1 May 2026, after 28 Feb 2026, the last day there is data for"),
        ("", "2020-05-01", "“To” is 1 May 2020, before 1 Mar 2024, the first day there is data for"),
    ],
)
def test_each_fault_names_its_field(first: str, last: str, said: str) -> None:
    with pytest.raises(UnusableDatesError) as caught:
        read_dates(first, last, DATA, names=NAMES)
    assert str(caught.value).replace("\u00a0", " ").startswith(said)


def test_a_date_that_an_address_leaves_out_is_the_end_of_the_data() -> None:
    assert read_dates("2026-01-01", "", DATA, names=NAMES) == (date(2026, 1, 1), date(2026, 2, 28))
    assert read_dates("", "2026-01-01", DATA, names=NAMES) == (date(2024, 3, 1), date(2026, 1, 1))


@pytest.mark.parametrize(("first", "last", "name"), [(None, "2026-01-01", "From"), ("2026-01-01", "", "To")])
def test_a_form_has_both_its_dates(first: str | None, last: str, name: str) -> None:
    with pytest.raises(UnusableDatesError, match=f"“{name}” is not a whole date: fill it in."):
        read_typed_dates(first, last, names=NAMES)
    assert read_typed_dates("2026-01-01", "2026-01-01", names=NAMES)[0] == date(2026, 1, 1)


def test_a_period_wholly_outside_the_data_is_said_to_be() -> None:
    """One that is not over is not."""
    (later,) = outside_notice(date(2050, 1, 1), date(2050, 2, 1), DATA, names=NAMES)
    said = "The data ends on 28 Feb 2026, before “From” (1 Jan 2050): name earlier days to see any."
    assert later.replace("\u00a0", " ") == said
    (earlier,) = outside_notice(date(1999, 1, 1), date(1999, 2, 1), DATA, names=NAMES)
    said = "The data begins on 1 Mar 2024, after “To” (1 Feb 1999): name later days to see any."
    assert earlier.replace("\u00a0", " ") == said
    assert outside_notice(date(2026, 2, 1), date(2026, 3, 31), DATA, names=NAMES) == ()
