"""A desk that counts by another clock than its first file is told so, once."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.integration.etl.importing.imported_desk import PROFILE, Desk, row, write_csv


def told(desk: Desk, path: Path, zone: str) -> list[str]:
    """Import a file whose times are those of a zone, and return what the report says of clocks."""
    report = desk.load(path, replace(PROFILE, time_zone=zone))
    return [line for line in report.lines() if "SUPPORT_TIME_ZONE" in line]


def test_the_first_file_from_a_place_with_another_clock_says_by_whose_clock_the_desk_counts(
    desk: Desk, tmp_path: Path
) -> None:
    """It names both, and how to change it; later files say nothing more."""
    (line,) = told(desk, write_csv(tmp_path / "first.csv", [row("1")]), "Europe/London")
    assert "Europe/London" in line
    assert "Africa/Johannesburg" in line
    assert told(desk, write_csv(tmp_path / "second.csv", [row("2")]), "Europe/London") == []


@pytest.mark.parametrize("zone", ["UTC", "Etc/GMT-1", "Africa/Gaborone"])
def test_utc_and_places_with_the_same_clock_need_no_word(desk: Desk, tmp_path: Path, zone: str) -> None:
    """Exports are often in UTC, and Gaborone's clocks are Johannesburg's."""
    assert told(desk, write_csv(tmp_path / "first.csv", [row("1")]), zone) == []
