"""Files to save."""

from datetime import UTC, datetime

import pytest

from portal.files.attachment import attachment, table_attachment
from table_files.forms import FORMS
from table_files.table import Column, Table

TABLE = Table("Effects", (Column("What"),), (("Messages",),), "Africa/Johannesburg")


def test_a_file_is_saved_under_its_name_and_kept_nowhere_else() -> None:
    """The browser is told to save, and no cache to keep."""
    answer = attachment(b"a", "text/csv; charset=utf-8", "pain_points.csv")
    assert answer.data == b"a"
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="pain_points.csv"'
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("kind", FORMS)
def test_a_table_is_saved_in_the_form_asked_for(kind: str) -> None:
    """What it is, and the ending of its name, say the same."""
    answer = table_attachment(TABLE, kind, "driver_effects")
    assert answer.content_type == FORMS[kind].media_type
    assert answer.headers["Content-Disposition"] == f'attachment; filename="driver_effects.{kind}"'
    assert answer.data.startswith({"csv": b"\xef\xbb\xbfWhat", "xlsx": b"PK"}[kind])


def test_the_day_of_a_name_is_that_of_the_reporting_zone() -> None:
    """Half past eleven at night in UTC is the next day in Johannesburg; without an analysis there is no day."""
    named = table_attachment(TABLE, "csv", "driver_effects", datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    assert named.headers["Content-Disposition"] == 'attachment; filename="driver_effects_2026-03-02.csv"'
