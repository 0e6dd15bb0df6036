"""An import that is taken back leaves the desk as if its file had never been imported."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.importing.history import UnknownImportError, past_imports
from etl.importing.import_lock import ImportBusyError
from etl.importing.quarantine import replay_quarantine
from etl.importing.report import UndoReport
from etl.importing.undo import UndoError, preview_undo, undo_import
from etl.marts.rebuild import rebuild_marts
from etl.marts.refresh import refresh_marts
from tests.conftest import examples
from tests.integration.etl.importing.imported_desk import JOHANNESBURG, PROFILE, Desk, row, write_csv


def undo(desk: Desk, number: int) -> UndoReport:
    """Take an import back."""
    return undo_import(desk.engine, number, "keeper")


def contents(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Return what a desk holds, without the numbers that differ from one import of a file to the next."""
    queries = {
        "records": "select source, external_id, line_number, payload, encode(payload_hash, 'hex') from raw.records",
        "superseded": "select source, external_id, line_number, payload from raw.superseded_records",
        "waiting": "select source, external_id, line_number, payload from raw.quarantined_records"
        " where released_at is null",
        "tickets": "select source, external_id, to_jsonb(ticket.*) - 'id' from support.support_tickets as ticket"
        " inner join raw.records on records.ticket_id = ticket.id",
        "ticket count": "select count(*) from support.support_tickets",
        "customers": "select customer_email, name, customer_type from support.customers",
        "agents": "select agent_name from support.agents",
        "categories": "select slug from support.categories where added_by_import_id is not null",
    }
    return {name: sorted(desk.rows(query), key=repr) for name, query in queries.items()}


def test_what_an_import_made_is_gone_with_whom_it_alone_named(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "a.csv", [row("1", email="both@example.org", agent="Neo")]))
    before = contents(desk)
    rows = [row("2", email="both@example.org", agent="Neo"), row("3", email="new@example.org"), row("4", made="?")]
    desk.load(write_csv(tmp_path / "b.csv", rows))
    with desk.engine.connect() as connection:
        preview = preview_undo(connection, 2)
    assert (preview.made_count, preview.changed_count, preview.waiting_count) == (2, 0, 1)
    report = undo(desk, 2)
    assert contents(desk) == before
    assert (report.removed_count, report.waiting_removed_count, report.removed_customer_count) == (2, 1, 1)
    assert report.removed_agent_count == 1
    assert desk.rows("select actor, action, target, details ->> 'removed_count' from support.audit_log") == [
        ("keeper", "undo_import", "2", "2")
    ]


def test_what_an_import_changed_gets_its_earlier_record_back(desk: Desk, tmp_path: Path) -> None:
    """Also where only the mapping had changed, and where the file had a row twice."""
    desk.load(write_csv(tmp_path / "a.csv", [row("1"), row("2"), row("3")]))
    before = contents(desk)
    rows = [row("1", subject="Better", done="", kind="library"), row("1", subject="Best", agent="Neo"), row("2")]
    path = write_csv(tmp_path / "b.csv", rows)
    desk.load(path)
    second = contents(desk)
    desk.load(path, replace(PROFILE, columns={**PROFILE.columns, "content": "note"}))
    assert undo(desk, 3).restored_count == 2
    assert contents(desk) == second
    assert undo(desk, 2).restored_count == 1
    assert contents(desk) == before


def test_what_a_person_corrected_since_stays(desk: Desk, tmp_path: Path) -> None:
    profile = replace(PROFILE, columns={**PROFILE.columns, "category": "note"})
    desk.load(write_csv(tmp_path / "a.csv", [row("1", note="Lost"), row("2", note="Lost")]), profile)
    desk.load(write_csv(tmp_path / "b.csv", [row(key, note="Found", level="low") for key in "12"]), profile)
    with desk.engine.begin() as connection:
        connection.execute(
            sa.text(
                "insert into support.ticket_corrections (ticket_id, field, new_value, corrected_by)"
                " select ticket_id, 'category', 'book_order', 'manager' from raw.records where external_id = '1'"
            )
        )
        connection.execute(sa.text("update support.support_tickets set exclusion = 'spam', team = 'mine'"))
    undo(desk, 2)
    query = "select category, category_source, priority, exclusion, team from support.support_tickets order by subject"
    assert desk.rows(query) == [
        ("book_order", "person", "high", "spam", "mine"),
        ("Lost", "imported", "high", "spam", "mine"),
    ]


def test_an_import_that_later_ones_build_upon_is_refused_and_the_order_said(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "a.csv", [row("1")]))
    desk.load(write_csv(tmp_path / "b.csv", [row("1", subject="Better"), row("2")]))
    desk.load(write_csv(tmp_path / "c.csv", [row("2"), row("3")]))
    before = contents(desk)
    with pytest.raises(UndoError, match=r"3 \(c.csv\), 2 \(b.csv\)") as refused:
        undo(desk, 1)
    assert "import 3, then 2 first" in refused.value.hint
    assert contents(desk) == before
    for number in (3, 2, 1):
        undo(desk, number)
    assert not any(contents(desk)[name] for name in ("records", "tickets", "customers", "agents", "waiting"))
    with pytest.raises(UndoError, match="already"):
        undo(desk, 1)


def test_what_cannot_be_taken_back_exactly_is_refused(desk: Desk, tmp_path: Path) -> None:
    """An import of which nothing is kept, one that is not there, and any while an import is running."""
    desk.load(write_csv(tmp_path / "a.csv", [row("1")]))
    lock = sa.text("select pg_advisory_xact_lock_shared(hashtextextended('support-analytics imports', 0))")
    with desk.engine.connect() as other, other.begin():
        other.execute(lock)
        with pytest.raises(ImportBusyError):
            undo(desk, 1)
    with desk.engine.begin() as connection:
        connection.execute(sa.text("update raw.imports set keeps_replaced = false"))
    with pytest.raises(UndoError, match="not kept"):
        undo(desk, 1)
    with pytest.raises(UnknownImportError, match="no import 7"):
        undo(desk, 7)


def test_rows_that_an_import_let_out_of_quarantine_wait_again(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "a.csv", [row("1", made="2025~03~01 10:00"), row("2", made="?")]))
    before = contents(desk)
    desk.load(write_csv(tmp_path / "b.csv", [row("2")]))
    assert undo(desk, 2).waiting_again_count == 1
    assert contents(desk) == before
    corrected = replace(PROFILE, formats=("%Y~%m~%d %H:%M",))
    replay_quarantine(desk.engine, None, corrected, "", JOHANNESBURG)
    with pytest.raises(UndoError, match=r"replay of a\.csv"):
        undo(desk, 1)
    undo(desk, 3)
    assert contents(desk) == before


def test_the_imports_are_listed_with_what_they_did(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "a.csv", [row("1"), row("2", made="?")]))
    desk.load(write_csv(tmp_path / "b.csv", [row("1", note="m")]), source="other")
    undo(desk, 2)
    with desk.engine.connect() as connection:
        second, first = past_imports(connection, None, 10)
        assert past_imports(connection, "other", 10) == [second]
    assert (first.file_name, first.row_count, first.new_count, first.changed_count) == ("a.csv", 2, 1, 0)
    assert (first.waiting_count, first.undone_at) == (1, None)
    assert (second.source, second.kind, second.undone_at is not None) == ("other", "tickets", True)


def test_the_marts_follow(desk: Desk, tmp_path: Path) -> None:
    """A refresh after the undo leaves the same numbers as before the import."""
    facts = "select count(*), sum(marts.microseconds(created_at)) from marts.fct_tickets"
    desk.load(write_csv(tmp_path / "a.csv", [row("1"), row("2")]))
    with desk.engine.begin() as connection:
        rebuild_marts(connection, "UTC")
    before = desk.rows(facts)
    desk.load(write_csv(tmp_path / "b.csv", [row("2", made="2025-02-01 10:00"), row("3")]))
    for number in (2, None):
        with desk.engine.begin() as connection:
            refresh_marts(connection, "UTC")
        assert (desk.rows(facts) == before) is (number is None)
        if number:
            undo(desk, number)


KEYS = st.sampled_from(["a", "b", "c"])
ROWS = st.builds(
    lambda key, note, made, level: row(key, note=note, made=made, level=level, email=f"{note}@example.org", agent=key),
    KEYS,
    st.sampled_from(["x", "y"]),
    st.sampled_from(["2025-03-01 10:00", "2025-03-01 10:00", "?"]),
    st.sampled_from(["high", "low", ""]),
)
FILE = st.tuples(st.sampled_from(["first", "second"]), st.lists(ROWS, min_size=1, max_size=3))
STEPS = st.lists(st.one_of(FILE, st.integers(0, 3)), min_size=2, max_size=6)


@settings(max_examples=examples(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_after_any_imports_and_undos_the_desk_is_what_the_imports_that_remain_make_it(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, list[list[str]]] | int]
) -> None:
    path = tmp_path_factory.mktemp("files") / "a.csv"
    remaining: dict[int, Callable[[], object]] = {}
    for step in steps:
        if isinstance(step, int):
            _undo_if_allowed(desk, remaining, step)
            continue
        source, rows = step

        def load(source: str = source, rows: list[list[str]] = rows) -> None:
            desk.load(write_csv(path, rows), source=source)

        load()
        remaining[desk.value("select max(id) from raw.imports")] = load
    reached = contents(desk)
    for number in sorted(remaining, reverse=True):
        undo(desk, number)
    assert not any(rows for name, rows in contents(desk).items() if name != "ticket count")
    for load_again in remaining.values():
        load_again()
    assert contents(desk) == reached
    for (number,) in desk.rows("select id from raw.imports where undone_at is null order by id desc"):
        undo(desk, number)


def _undo_if_allowed(desk: Desk, remaining: dict[int, Callable[[], object]], place: int) -> None:
    """Take back one of the imports, unless later ones build upon it; the latest can always be taken back."""
    numbers = list(remaining)
    if not numbers:
        return
    number = numbers[place % len(numbers)]
    try:
        undo(desk, number)
    except UndoError:
        assert number != numbers[-1]
    else:
        del remaining[number]
