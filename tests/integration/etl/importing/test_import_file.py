"""An import brings in each row once, loses none, and changes nothing that has not changed."""

import os
import signal
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from textwrap import dedent

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.importing.import_lock import ImportBusyError
from etl.importing.sources.errors import FileDamagedError, FileTooLargeError, HeaderError
from etl.importing.transforms.import_profile import ImportProfile
from tests.conftest import examples
from tests.integration.conftest import Database
from tests.integration.etl.importing.imported_desk import HEADER, PROFILE, Desk, row, write_csv

ROOT = Path(__file__).parents[4]


def test_a_row_becomes_a_ticket_with_its_record_and_a_place_in_the_queue(desk: Desk, tmp_path: Path) -> None:
    report = desk.load(write_csv(tmp_path / "a.csv.gz", [row("1", note="=1+1")]))
    assert (report.row_count, report.new_count) == (1, 1)
    ((ticket_id, email, subject, created, metadata),) = desk.rows(
        "select id, customer_email, subject, created_at::text, metadata from support.support_tickets"
    )
    assert (email, subject, created) == ("1@example.org", "Question 1", "2025-03-01 10:00:00+00")
    assert metadata == {"note": "=1+1"}
    assert desk.rows("select external_id, ticket_id, line_number, payload ->> 'note' from raw.records") == [
        ("1", ticket_id, 2, "=1+1")
    ]
    assert desk.rows("select ticket_id from support.ticket_changes") == [(ticket_id,)]
    kept = desk.rows(
        "select source, file_name, length(file_sha256), report ->> 'new_count', finished_at is not null "
        "from raw.imports"
    )
    assert kept == [("desk", "a.csv.gz", 64, "1", True)]


def test_everybody_and_everything_a_file_names_is_known_afterwards(desk: Desk, tmp_path: Path) -> None:
    profile = ImportProfile(
        "desk", "desk", external_id=("id",),
        columns={**PROFILE.columns, "category": "note"}, time_zone="UTC",
    )  # fmt: skip
    rows = [
        row("1", email="a@example.org", note="Zoning"),
        row("2", email="", agent=""),
        row("3", email="a@example.org", kind=""),
    ]
    desk.load(write_csv(tmp_path / "a.csv", rows), profile)
    assert desk.rows("select customer_email, customer_type from support.customers") == [("a@example.org", "school")]
    assert desk.rows("select agent_name from support.agents") == [("Thabo",)]
    assert desk.value("select name from support.categories where slug = 'Zoning'") == "Zoning"


def test_importing_a_file_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    """Not even with the same key twice, a repeated row and a row in quarantine in it."""
    rows = [row("1"), row("2", note="old"), row("2", note="new"), row("1"), row("3", made="0000-00-00"), row("4")]
    path = write_csv(tmp_path / "a.csv", rows)
    first = desk.load(path)
    before = desk.state()
    again = desk.load(path)
    assert desk.state() == before
    assert (first.new_count, again.new_count, again.updated_count, again.unchanged_count) == (3, 0, 0, 3)
    assert (first.duplicate_count, again.duplicate_count) == (1, 1)
    assert first.superseded == again.superseded
    assert (first.newly_quarantined_count, again.newly_quarantined_count) == (1, 0)


def test_a_corrected_file_updates_the_ticket_and_keeps_the_earlier_record(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "a.csv", [row("1"), row("2")]))
    ids = desk.rows("select external_id, ticket_id from raw.records order by external_id")
    with desk.engine.begin() as connection:
        connection.execute(sa.text("delete from support.ticket_changes"))
    report = desk.load(write_csv(tmp_path / "b.csv", [row("1"), row("2", subject="Better", done="")]))
    assert (report.updated_count, report.unchanged_count) == (1, 1)
    assert desk.rows("select external_id, ticket_id from raw.records order by external_id") == ids
    assert desk.rows("select subject, status, resolved_at from support.support_tickets order by id")[1] == (
        "Better",
        "open",
        None,
    )
    assert desk.rows("select distinct ticket_id from support.ticket_changes") == [(ids[1][1],)]
    assert desk.rows(
        "select external_id, payload ->> 'subject', import_id, superseded_by_import_id from raw.superseded_records"
    ) == [("2", "Question 2", 1, 2)]


def test_a_corrected_mapping_updates_without_a_superseded_record(desk: Desk, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [row("1")])
    desk.load(path)
    report = desk.load(
        path,
        ImportProfile(
            "desk", "desk", external_id=("id",), columns={"created_at": "made", "subject": "note"}, time_zone="UTC"
        ),
    )
    assert report.updated_count == 1
    assert desk.value("select subject from support.support_tickets") == "n"
    assert desk.value("select count(*) from raw.superseded_records") == 0


def test_of_a_key_that_stands_twice_the_later_row_counts_and_the_report_names_the_line(
    desk: Desk, tmp_path: Path
) -> None:
    rows = [
        row("1", note="two\nlines"),
        row("2", subject="first"),
        row("3"),
        row("2", subject="second"),
        row("2", subject="third"),
    ]
    report = desk.load(write_csv(tmp_path / "a.csv", rows))
    assert [(each.line_number, each.by_line_number, each.external_id) for each in report.superseded] == [
        (4, 7, "2"),
        (6, 7, "2"),
    ]
    assert report.new_count == 3
    assert "4 (by 7), 6 (by 7)" in "\n".join(report.lines())
    assert (
        desk.value(
            "select subject from support.support_tickets join raw.records on id = ticket_id where external_id = '2'"
        )
        == "third"
    )
    kept = desk.rows("select line_number, payload ->> 'subject' from raw.superseded_records order by line_number")
    assert kept == [(4, "first"), (6, "second")]


def test_what_a_person_decided_in_the_portal_outlives_a_corrected_file(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "a.csv", [row("1")]))
    with desk.engine.begin() as connection:
        connection.execute(
            sa.text(
                "update support.support_tickets "
                "set category = 'book_order', category_source = 'person', priority = 'low', exclusion = 'spam'"
            )
        )
        connection.execute(
            sa.text(
                "insert into support.ticket_corrections (ticket_id, field, new_value, corrected_by) "
                "select id, 'priority', 'low', 'manager' from support.support_tickets"
            )
        )
    desk.load(write_csv(tmp_path / "a.csv", [row("1", subject="Better")]))
    assert desk.rows("select subject, category, priority, exclusion from support.support_tickets") == [
        ("Better", "book_order", "low", "spam")
    ]


def test_what_the_classifier_said_stays_until_a_file_says_something(desk: Desk, tmp_path: Path) -> None:
    """A file without a priority leaves it open, and what fills it; one that has it wins."""
    columns = "category, category_source, priority, priority_source"
    path = tmp_path / "a.csv"
    desk.load(write_csv(path, [row("1", level="")]))
    assert desk.rows(f"select {columns} from support.support_tickets") == [(None, "imported", None, "default")]
    with desk.engine.begin() as connection:
        filled = "category = 'book_order', category_source = 'model', priority = 'high', priority_source = 'rules'"
        connection.execute(sa.text(f"update support.support_tickets set {filled}"))
    desk.load(write_csv(path, [row("1", level="", subject="Better")]))
    assert desk.rows(f"select {columns} from support.support_tickets") == [("book_order", "model", "high", "rules")]
    desk.load(write_csv(path, [row("1", level="low")]))
    assert desk.rows(f"select {columns} from support.support_tickets") == [("book_order", "model", "low", "imported")]


def test_a_dry_run_reports_and_keeps_nothing(desk: Desk, tmp_path: Path) -> None:
    before = desk.state()
    report = desk.load(write_csv(tmp_path / "a.csv", [row("1"), row("2", made="?")]), is_dry_run=True)
    assert (report.new_count, report.quarantined_count, report.is_dry_run) == (1, 1, True)
    assert desk.state() == before
    assert desk.value("select count(*) from raw.imports") == 0


def test_rows_without_a_key_come_in_once_each_however_often_the_file_does(desk: Desk, tmp_path: Path) -> None:
    profile = ImportProfile("desk", "desk", columns=PROFILE.columns, time_zone="UTC")
    path = write_csv(tmp_path / "a.csv", [row("1"), row("1"), row("2")])
    assert desk.load(path, profile).new_count == 3
    before = desk.state()
    assert desk.load(path, profile).unchanged_count == 3
    assert desk.state() == before


def test_dates_are_stored_as_the_dates_of_the_reporting_zone(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "a.csv", [row("1", made="2025-03-01", done="2025-03-03")]))
    shown = desk.rows(
        "select is_date_only, (created_at at time zone 'Africa/Johannesburg')::text, "
        "(resolved_at at time zone 'Africa/Johannesburg')::text from support.support_tickets"
    )
    assert shown == [(True, "2025-03-01 00:00:00", "2025-03-03 00:00:00")]


def test_a_file_that_nobody_described_is_guessed_and_its_zone_asked_for(desk: Desk, tmp_path: Path) -> None:
    desk.answers.zone = "America/New_York"
    path = write_csv(tmp_path / "tickets.csv", [["1", "Late", "02/07/2025 10:00"]], ["Ticket ID", "Subject", "Created"])
    report = desk.load(path, None)
    assert report.source == "tickets"
    assert desk.answers.steps[0] == "confirmed guessed: 3 columns, 1 rows"
    assert desk.value("select created_at::text from support.support_tickets") == "2025-07-02 14:00:00+00"


BAD_ROWS = {
    "nul": (row("9", subject="a\0b"), "nul_character"),
    "no date": (row("9", made="0000-00-00"), "bad_date"),
    "created in the future": (row("9", made="2126-03-01 10:00"), "in_future"),
    "created in 1900": (row("9", made="1900-01-01 00:00:00"), "date_out_of_range"),
    "10 MB cell": (row("9", note="x" * 10_000_000), "too_long"),
    "ragged": (["9", "short"], "wrong_cell_count"),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_row_waits_in_quarantine_with_reason_and_line_and_the_rest_comes_in(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    bad, code = BAD_ROWS[name]
    report = desk.load(write_csv(tmp_path / "a.csv", [row("1", note="two\nlines"), bad, row("2")]))
    assert (report.new_count, report.quarantined_count) == (2, 1)
    assert report.quarantined_by_reason == {code: 1}
    assert report.quarantined_lines == (4,)
    ((line, key, reasons, payload),) = desk.rows(
        "select line_number, external_id, reasons, payload from raw.quarantined_records"
    )
    assert (line, key, [reason["code"] for reason in reasons]) == (4, "9", [code])
    assert sum(map(len, payload.values())) == sum(map(len, bad))


def test_a_row_of_another_encoding_waits_in_quarantine(desk: Desk, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [row(str(number)) for number in range(8000)])
    path.write_bytes(path.read_bytes() + ",".join(row("late", subject="déjà")).encode("cp1252") + b"\r\n")
    report = desk.load(path)
    assert (report.new_count, report.quarantined_by_reason) == (8000, {"bad_encoding": 1})
    assert desk.value("select payload ->> 'subject' from raw.quarantined_records") == "d\\xe9j\\xe0"


@pytest.mark.parametrize("content", [b"", b"\n"])
def test_an_empty_file_is_refused_and_leaves_nothing(desk: Desk, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(HeaderError):
        desk.load(tmp_path / "a.csv")


def test_a_header_alone_imports_no_rows(desk: Desk, tmp_path: Path) -> None:
    assert desk.load(write_csv(tmp_path / "a.csv", [])).row_count == 0


def test_a_file_without_a_column_that_is_needed_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(HeaderError, match="made"):
        desk.load(write_csv(tmp_path / "a.csv", [], ["id", "subject"]))


def test_a_file_in_which_a_column_that_is_used_stands_twice_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(HeaderError, match="more than once: made"):
        desk.load(write_csv(tmp_path / "a.csv", [[*row("1"), "2025-01-01"]], [*HEADER, "made"]))
    report = desk.load(write_csv(tmp_path / "a.csv", [[*row("1"), "again"]], [*HEADER, "note"]))
    assert any("repeats the name 'note'" in line for line in report.lines())
    assert desk.value("select metadata ->> 'note (2)' from support.support_tickets") == "again"


def test_columns_that_nothing_takes_are_kept_and_named(desk: Desk, tmp_path: Path) -> None:
    report = desk.load(write_csv(tmp_path / "a.csv", [[*row("1"), "later"]], [*HEADER, "new column"]))
    assert any("note, new column" in line for line in report.lines())
    assert desk.value("select metadata ->> 'new column' from support.support_tickets") == "later"


def test_columns_may_stand_in_any_order(desk: Desk, tmp_path: Path) -> None:
    first = write_csv(tmp_path / "a.csv", [row("1")])
    second = write_csv(tmp_path / "b.csv", [row("1")[::-1]], HEADER[::-1])
    desk.load(first)
    before = desk.rows("select * from support.support_tickets")
    desk.load(second)
    assert desk.rows("select * from support.support_tickets") == before


@pytest.mark.parametrize("damage", ["cut", "bomb"])
def test_a_file_that_breaks_off_leaves_nothing_behind(desk: Desk, tmp_path: Path, damage: str) -> None:
    """Also when most of it has been sent to the database already."""
    rows = [row(str(number)) for number in range(25_000)]
    path = write_csv(tmp_path / "a.csv.gz", rows)
    before = desk.state()
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-20])
        with pytest.raises(FileDamagedError, match="cut off"):
            desk.load(path)
    else:
        profile = ImportProfile(**{**PROFILE.as_json(), "limits": {"inflated_bytes": 1_600_000}})
        with pytest.raises(FileTooLargeError, match="inflates"):
            desk.load(path, profile)
    assert desk.state() == before


def test_two_imports_of_one_source_do_not_run_at_once(desk: Desk, tmp_path: Path) -> None:
    lock = "select pg_advisory_xact_lock(hashtextextended('support-analytics import desk', 0))"
    with desk.engine.connect() as other, other.begin():
        other.execute(sa.text(lock))
        with pytest.raises(ImportBusyError):
            desk.load(write_csv(tmp_path / "a.csv", [row("1")]))


KILLED = dedent(
    """
    import os, signal, sys
    from pathlib import Path
    import etl.importing.load
    from tests.integration.etl.importing.imported_desk import Answers, Desk
    from warehouse.engine import DatabaseRole, create_engine_for

    class Killed(Answers):
        def on_rows(self, count):
            self.row_count += count
            if self.row_count > int(sys.argv[3]):
                os.kill(os.getpid(), signal.SIGKILL)

        def on_step(self, step):
            if step == sys.argv[4]:
                os.kill(os.getpid(), signal.SIGKILL)

    etl.importing.load._BATCH_ROWS = 2_000
    Desk(create_engine_for(os.environ["URL"], DatabaseRole.ETL_WRITER), Killed()).load(Path(sys.argv[1]))
    """
)


@pytest.mark.parametrize(
    ("rows", "step"), [("1000", ""), ("4500", ""), ("inf", "comparing with what is there"), ("inf", "saving")]
)
def test_a_killed_import_leaves_nothing_behind_and_the_file_can_be_imported_again(
    desk: Desk, database: Database, tmp_path: Path, rows: str, step: str
) -> None:
    path = write_csv(tmp_path / "a.csv", [row(str(number % 5_000)) for number in range(6_500)])
    before = desk.state()
    limit = "1000000" if rows == "inf" else rows
    environment = {**os.environ, "URL": database.url.render_as_string(hide_password=False), "PYTHONPATH": str(ROOT)}
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), "", limit, step], check=False, env=environment, cwd=ROOT
    )
    assert killed.returncode == -signal.SIGKILL
    report = None
    while report is None:
        try:
            assert desk.state() == before
            report = desk.load(path)
        except ImportBusyError:
            continue  # the server has not yet noticed that the process is gone
    assert (report.new_count, report.duplicate_count) == (5_000, 1_500)
    assert desk.value("select count(*) from support.support_tickets") == 5_000
    assert desk.value("select count(distinct ticket_id) from raw.records") == 5_000


KEYS = st.sampled_from(["a", "b", "c"])
FILES = st.lists(
    st.lists(
        st.builds(
            lambda key, note, made: row(key, note=note, made=made),
            KEYS,
            st.sampled_from(["x", "y"]),
            st.sampled_from(["2025-03-01 10:00", "?"]),
        ),
        max_size=6,
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILES)
def test_after_any_files_each_ticket_is_the_last_good_row_of_the_last_file_with_its_key(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory, files: list[list[list[str]]]
) -> None:
    folder = tmp_path_factory.mktemp("files")
    with desk.engine.begin() as connection:
        for table in ("raw.records", "raw.superseded_records", "raw.quarantined_records", "support.support_tickets"):
            connection.execute(sa.text(f"delete from {table}"))
    expected: dict[str, str] = {}
    for rows in files:
        desk.load(write_csv(folder / "a.csv", rows))
        expected |= {each[0]: each[-1] for each in rows if each[4] != "?"}
    stored = desk.rows(
        "select external_id, metadata ->> 'note' from support.support_tickets join raw.records on id = ticket_id"
    )
    assert dict(stored) == expected
    assert len(stored) == desk.value("select count(*) from support.support_tickets")
    history = desk.rows("select external_id, payload ->> 'note' from raw.superseded_records")
    good = [[each for each in rows if each[4] != "?"] for rows in files]
    for key in expected:
        notes = [each[-1] for rows in good for each in rows if each[0] == key]
        replaced = {before for before, after in pairwise(notes) if before != after and before != notes[-1]}
        assert replaced <= {note for kept, note in history if kept == key}
