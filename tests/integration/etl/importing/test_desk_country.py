"""The first file of tickets says whose public holidays the desk keeps, or a person does, or it is not known."""

from dataclasses import replace
from pathlib import Path

import pytest

from etl.importing.transforms.questions import AnswerError
from tests.integration.etl.importing.imported_desk import PROFILE, Desk, row, write_csv


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of two tickets."""
    return write_csv(tmp_path / "tickets.csv", [row("1"), row("2")])


def _countries(desk: Desk) -> object:
    return desk.value("select countries from support.business_calendars")


def _slugs(desk: Desk, file: Path, **given: object) -> list[str]:
    report = desk.load(file, replace(PROFILE, time_zone=str(given.pop("zone", "UTC"))), **given)
    return [each.slug for each in report.notices if each.slug.startswith("country_")]


def test_a_zone_of_one_country_says_it(desk: Desk, file: Path) -> None:
    """Thanksgiving is closed from then on; a later file from elsewhere changes nothing."""
    assert _slugs(desk, file, zone="America/New_York") == ["country_found"]
    assert _countries(desk) == ["US"]
    assert desk.value("select name from support.business_exceptions where on_date = '2025-11-27'") == "Thanksgiving Day"
    assert _slugs(desk, file, zone="Africa/Gaborone") == []
    assert _countries(desk) == ["US"]


def test_of_a_zone_of_several_countries_a_person_is_asked(desk: Desk, file: Path) -> None:
    """What is answered is the desk's own choice."""
    desk.answers.country = "SZ"
    assert _slugs(desk, file, zone="Africa/Johannesburg") == []
    assert _countries(desk) == ["SZ"]
    assert desk.value("select countries_source from support.business_calendars") == "desk"


@pytest.mark.parametrize("zone", ["UTC", "Africa/Johannesburg"])
def test_where_nobody_can_be_asked_it_is_said_that_it_is_not_known(desk: Desk, file: Path, zone: str) -> None:
    """No country's holidays are taken, and none are counted."""
    desk.answers.country = None
    assert _slugs(desk, file, zone=zone) == ["country_not_known"]
    assert _countries(desk) is None
    assert desk.value("select count(*) from support.business_exceptions") == 0


def test_an_answer_given_in_advance_is_the_desks_choice(desk: Desk, file: Path) -> None:
    """It goes before the zone, may be given again, and has to be a country or none."""
    for _ in range(2):
        assert _slugs(desk, file, zone="America/New_York", answers={"country": "bw"}) == []
        assert _countries(desk) == ["BW"]
    with pytest.raises(AnswerError):
        _slugs(desk, file, answers={"country": "Utopia"})


def test_a_dry_run_and_a_desk_that_wants_none_stay_as_they_are(desk: Desk, file: Path) -> None:
    """Nothing is kept of a dry run; none is an answer too."""
    _slugs(desk, file, zone="America/New_York", is_dry_run=True)
    assert _countries(desk) is None
    assert _slugs(desk, file) == [], "a person said none"
    assert _countries(desk) == []
