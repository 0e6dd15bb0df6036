"""Lateness is graded by how late."""

from datetime import UTC, datetime, timedelta

import pytest

from analytics.lateness import Lateness, lateness

_NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("late", "grade"),
    [
        (timedelta(hours=-2), None),
        (timedelta(minutes=-119), Lateness.SOON),
        (timedelta(0), Lateness.SOON),
        (timedelta(seconds=1), Lateness.HOURS),
        (timedelta(hours=23), Lateness.HOURS),
        (timedelta(days=1), Lateness.DAYS),
        (timedelta(days=7, seconds=-1), Lateness.DAYS),
        (timedelta(days=7), Lateness.WEEKS),
        (timedelta(days=700), Lateness.WEEKS),
    ],
)
def test_grades_meet_without_a_gap(late: timedelta, grade: Lateness | None) -> None:
    """From time yet to weeks late, each instant has one grade."""
    assert lateness(_NOW - late, _NOW) is grade
