"""Files to save."""

from datetime import UTC, datetime

from portal.files.attachment import attachment, dated_name


def test_a_file_is_saved_under_its_name_and_kept_nowhere_else() -> None:
    """The browser is told to save, and no cache to keep."""
    answer = attachment(b"a", "text/csv; charset=utf-8", "pain_points.csv")
    assert answer.data == b"a"
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="pain_points.csv"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_day_of_a_name_is_that_of_the_reporting_zone() -> None:
    """Half past eleven at night in UTC is the next day in Johannesburg; without an analysis there is no day."""
    made_at = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert dated_name("driver_effects", made_at, "Africa/Johannesburg") == "driver_effects_2026-03-02.csv"
    assert dated_name("driver_effects", None, "Africa/Johannesburg") == "driver_effects.csv"
