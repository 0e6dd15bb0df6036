"""A file that was imported before is recognised by its content, and asked about where its rows would come in twice."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from analytics.errors import SupportAnalyticsError
from etl.importing.history import PastImport
from etl.importing.undo import undo_import
from tests.integration.conftest import Database
from tests.integration.etl.importing.imported_desk import PROFILE, Answers, Desk, row, write_csv
from warehouse.engine import DatabaseRole


class UnwantedError(SupportAnalyticsError):
    """Nobody wants the file again."""


class Unwilling(Answers):
    """Wants no file a second time."""

    def same_file(self, earlier: PastImport, remedy: str) -> None:
        """Refuse."""
        message = f"That was import {earlier.id}."
        raise UnwantedError(message, remedy)


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Iterator[Desk]:
    """A desk with one import, of which nobody wants anything twice."""
    engine = database.engine_as(DatabaseRole.ETL_WRITER)
    desk = Desk(engine, Unwilling())
    desk.load(write_csv(tmp_path / "a.csv", [row("1"), row("2")]))
    yield desk
    engine.dispose()


def test_under_another_source_name_or_key_it_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    shutil.copy(tmp_path / "a.csv", tmp_path / "b.csv")
    before = desk.state()
    for profile in (replace(PROFILE, source="b"), replace(PROFILE, external_id=()), replace(PROFILE, source="c")):
        with pytest.raises(UnwantedError, match="import 1"):
            desk.load(tmp_path / "b.csv", profile)
    assert desk.state() == before
    report = desk.load(tmp_path / "b.csv", source="b", is_again=True)
    assert report.new_count == 2
    assert any("This very file was imported on" in line and "import 1" in line for line in report.lines())


def test_a_file_whose_size_is_known_only_at_its_end_is_recognised_there(desk: Desk, tmp_path: Path) -> None:
    """As of a pipe, or of a file that grows while it is read; nothing of it stays."""
    with desk.engine.begin() as connection:
        connection.execute(sa.text("update raw.imports set file_size = 1"))
    before = desk.state()
    with pytest.raises(UnwantedError):
        desk.load(tmp_path / "a.csv", source="b")
    assert desk.state() == before


def test_under_the_same_source_nobody_is_asked_and_the_report_says_it(desk: Desk, tmp_path: Path) -> None:
    shutil.copy(tmp_path / "a.csv", tmp_path / "b.csv")
    report = desk.load(tmp_path / "b.csv")
    assert (report.new_count, report.unchanged_count) == (0, 2)
    assert [(each.slug, each.facts["import_id"]) for each in report.notices if each.slug == "same_file"] == [
        ("same_file", 1)
    ]


def test_a_file_whose_import_was_taken_back_or_tried_only_is_new(desk: Desk, tmp_path: Path) -> None:
    other = write_csv(tmp_path / "c.csv", [row("3")])
    desk.load(other, is_dry_run=True)
    assert desk.load(other, source="b").new_count == 1
    undo_import(desk.engine, 1, "keeper")
    assert desk.load(tmp_path / "a.csv", source="b").new_count == 2


@pytest.mark.parametrize(
    ("changed", "remedy"),
    [
        ({"source": "b c"}, "It was imported under the source 'desk': pass --source desk."),
        ({"external_id": ()}, "Its key was another: pass --answer key=id, or the profile of then."),
        (
            {"kind": "customers", "columns": {"customer_email": "email"}},
            "It was imported as tickets: pass --kind tickets.",
        ),
    ],
)
def test_what_differs_from_the_earlier_import_is_what_to_pass(
    desk: Desk, tmp_path: Path, changed: dict[str, Any], remedy: str
) -> None:
    with pytest.raises(UnwantedError) as caught:
        desk.load(tmp_path / "a.csv", replace(PROFILE, **changed))
    assert caught.value.hint == remedy


def test_of_several_imports_the_one_that_brought_rows_in_is_named(desk: Desk, tmp_path: Path) -> None:
    desk.load(tmp_path / "a.csv")
    with pytest.raises(UnwantedError, match="import 1"):
        desk.load(tmp_path / "a.csv", source="b")
