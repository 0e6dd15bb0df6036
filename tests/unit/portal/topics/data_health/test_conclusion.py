"""What the Data health page says is true of what it is given."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from portal.topics.data_health import conclusion
from portal.topics.data_health.dataset import Background, ImportRow, Quarantine, RuleRow, WorkRow

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
WAITING = WorkRow(
    1,
    "import_file",
    "",
    "a.csv",
    "thandi",
    NOW,
    "waiting",
    "",
    0,
    None,
    is_stopping=False,
    error="",
    result={},
    file_bytes=None,
)
RUNNING = replace(WAITING, state="running", step="reading", done=25, total=100)


def test_a_work_says_how_far_it_is() -> None:
    assert conclusion.happened(WAITING) == "Waits for its turn."
    assert conclusion.happened(RUNNING) == "Reading the file, 25\u202f%."
    assert conclusion.happened(replace(RUNNING, is_stopping=True)) == "Stopping."
    assert conclusion.happened(replace(RUNNING, state="cancelled")) == "Cancelled; nothing of it was kept."


def test_a_share_is_never_more_than_all() -> None:
    assert "100" in conclusion.happened(replace(RUNNING, done=300))


def test_a_failure_is_said_in_a_sentence_also_without_one() -> None:
    failed = replace(WAITING, state="failed", error="worker_died")
    assert conclusion.happened(failed) == "It was begun three times and its worker ended each time."
    assert conclusion.happened(replace(failed, error="import_busy")) == "It failed (Import busy)."
    told = replace(failed, answer={"message": "The file is empty.", "hint": "Send another."})
    assert conclusion.happened(told) == "The file is empty. Send another."


@pytest.mark.parametrize(
    ("kind", "result", "said"),
    [
        ("import_file", {"row_count": 3, "new_count": 2, "quarantined_count": 1}, "of 3 rows, 2 new"),
        ("look_at_file", {"questions": 2}, "2 questions to answer"),
        ("undo_import", {"import_id": 3, "removed_count": 1, "restored_count": 0}, "1 record that it had made is gone"),
        ("undo_import", {"import_id": 3}, "Import 3 is taken back."),
        ("replay_quarantine", {"accepted": 1, "tried": 4, "waiting": 3}, "1 of 4 rows came in; 3 still wait."),
        ("export_tickets", {"rows": 1}, "1 ticket."),
        ("run_job", {"row_count": 7}, "Done; 7 rows changed."),
    ],
)
def test_a_work_that_is_done_says_what_it_did(kind: str, result: dict[str, int], said: str) -> None:
    assert said in conclusion.happened(replace(WAITING, kind=kind, state="done", result=result))


def test_it_is_said_who_has_to_be_there_only_where_something_waits_for_it() -> None:
    export = replace(WAITING, kind="export_tickets")
    assert conclusion.waits(Background((WAITING,), is_jobs_there=False, is_portal_there=True)).startswith("Work waits")
    assert conclusion.waits(Background((export,), is_jobs_there=False, is_portal_there=True)) == ""
    assert conclusion.waits(Background((export,), is_jobs_there=True, is_portal_there=False)).startswith("An export")
    assert conclusion.waits(Background((RUNNING,), is_jobs_there=False, is_portal_there=False)) == ""


def test_what_is_not_known_of_an_import_is_not_nought() -> None:
    row = ImportRow(3, "tickets", "desk", "a.csv", NOW, None, None, 2, 0, None, keeps_replaced=True)
    assert "an unknown number of tickets that it made" in conclusion.undo_question(row)


def test_rules_and_quarantine_are_counted_in_words() -> None:
    assert conclusion.rules(()) == "The rules have not been looked at yet."
    assert conclusion.rules((RuleRow("a", NOW, 0, ()),)) == "Every rule holds."
    assert conclusion.rules((RuleRow("a", NOW, 3, (1,)), RuleRow("b", NOW, 0, ()))) == "1 of 2 rules is broken."
    assert conclusion.quarantine(Quarantine(1, (), 1, 1)).startswith("1 row is left out")
    assert conclusion.quarantine(Quarantine(0, (), 1, 1)).startswith("No row is left out")
