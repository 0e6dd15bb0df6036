"""The sentences of the Data health page."""

from collections.abc import Mapping
from typing import Any, Final

from portal.numbers import phrasing
from portal.topics.data_health.dataset import Background, ImportRow, JobRow, Quarantine, RuleRow, WorkRow

JOB_NAMES: Final = {
    "refresh_marts": "Bring the numbers up to date",
    "rebuild_marts": "Work all numbers out anew",
    "check_data_quality": "Look at the data's rules",
    "retrain_classifier": "Train the classifier",
    "forecast_demand": "Make the forecast",
    "plan_staffing": "Plan the staffing",
    "compare_agents": "Compare agents",
    "analyse_drivers": "Find what moves ratings",
    "score_churn": "Find who may leave",
    "write_insights": "Write the insights",
}
"""What a manager may run -> what it does."""
_KINDS: Final = {
    "look_at_file": "Look at a file",
    "import_file": "Import a file",
    "undo_import": "Take an import back",
    "replay_quarantine": "Try the quarantine again",
    "export_tickets": "Export tickets",
}
_STEPS: Final = {
    "fetching": "fetching the file",
    "reading": "reading the file",
    "keeping": "putting the rows in place",
    "undoing": "taking the import back",
    "replaying": "trying the rows again",
    "running": "the job is running",
    "writing": "writing the file",
}
_ERRORS: Final = {
    "worker_died": "It was begun three times and its worker ended each time.",
    "database_or_program": "Something went wrong that nobody foresaw; the log says where.",
}
START: Final = "support-analytics etl watch"
_MEGABYTE: Final = 1_000_000


def title(work: WorkRow) -> str:
    """Return what a work is."""
    name = JOB_NAMES.get(work.job) or _KINDS.get(work.kind) or phrasing.prettified(work.job or work.kind)
    return f"{name}: {work.name}" if work.name else name


def happened(work: WorkRow) -> str:
    """Return how far a work is, or how it ended, in one sentence."""
    if work.is_open:
        return _under_way(work)
    if work.state == "cancelled":
        return "Cancelled; nothing of it was kept."
    if work.state == "failed":
        message = str(work.answer.get("message", "")) or _ERRORS.get(work.error, "")
        hint = str(work.answer.get("hint", ""))
        return f"{message or f'It failed ({phrasing.prettified(work.error)}).'} {hint}".strip()
    return _done(work)


def _under_way(work: WorkRow) -> str:
    if work.is_stopping:
        return "Stopping."
    if work.state == "filling":
        return "The file is arriving."
    if work.state == "waiting":
        return "Waits for its turn."
    share = f", {phrasing.percent(min(1.0, work.done / work.total))}" if work.total else ""
    step = _STEPS.get(work.step, "under way")
    return f"{step[:1].upper()}{step[1:]}{share}."


def _done(work: WorkRow) -> str:
    say = {
        "look_at_file": _looked_at,
        "import_file": imported,
        "undo_import": _undone,
        "replay_quarantine": _replayed,
    }.get(work.kind)
    if say is not None:
        return say(work.result)
    if work.kind == "export_tickets":
        size = f", {work.file_bytes / _MEGABYTE:.1f} MB" if work.file_bytes is not None else ""
        return f"{phrasing.plural(work.result.get('rows', 0), 'ticket')}{size}."
    return f"Done; {phrasing.plural(work.result.get('row_count', 0), 'row')} changed."


def _undone(numbers: Mapping[str, Any]) -> str:
    removed = numbers.get("removed_count")
    if removed is None:
        return f"Import {numbers['import_id']} is taken back."
    return (
        f"Import {numbers['import_id']} is taken back: {phrasing.plural(removed, 'record')} that it had made"
        f" {'is' if removed == 1 else 'are'} gone, {phrasing.count(numbers['restored_count'])} as before."
    )


def _replayed(numbers: Mapping[str, Any]) -> str:
    return (
        f"{phrasing.count(numbers['accepted'])} of {phrasing.plural(numbers['tried'], 'row')} came in;"
        f" {phrasing.count(numbers['waiting'])} still wait."
    )


def _looked_at(numbers: Mapping[str, Any]) -> str:
    if "questions" in numbers:
        return f"Looked at; {phrasing.plural(numbers['questions'], 'question')} to answer."
    return f"Looked at: {_counts(numbers)}"


def imported(numbers: Mapping[str, Any]) -> str:
    """Return what an import did."""
    return f"Imported: {_counts(numbers)}"


def would_do(numbers: Mapping[str, Any]) -> str:
    """Return what an import would do."""
    return f"An import would do this, and nothing is kept yet: {_counts(numbers)}"


def _counts(numbers: Mapping[str, Any]) -> str:
    parts = [
        f"{phrasing.count(numbers.get(name, 0))} {words}"
        for name, words in (
            ("new_count", "new"),
            ("updated_count", "changed"),
            ("unchanged_count", "unchanged"),
            ("quarantined_count", "left out in quarantine"),
        )
    ]
    return f"of {phrasing.plural(numbers.get('row_count', 0), 'row')}, {', '.join(parts)}."


def waits(found: Background) -> str:
    """Return that work waits for a part of the product that is not there; "" when all is well."""
    waiting = [each for each in found.works if each.state == "waiting"]
    if not found.is_jobs_there and any(each.kind != "export_tickets" for each in waiting):
        return "Work waits, because nothing is there to do it."
    if not found.is_portal_there and any(each.kind == "export_tickets" for each in waiting):
        return "An export waits: the portal's own worker does not answer. It starts with the portal."
    return ""


def jobs(rows: tuple[JobRow, ...]) -> str:
    """Return how the jobs do."""
    if not rows:
        return "No job has run yet."
    bad = [each for each in rows if each.outcome in {"failed", "abandoned"}]
    running = sum(each.outcome == "running" for each in rows)
    now = f" {phrasing.plural(running, 'job')} {'is' if running == 1 else 'are'} running." if running else ""
    if not bad:
        ended = len(rows) - running
        return f"{phrasing.plural(ended, 'job')} ended well.{now}" if ended else f"No job has ended yet.{now}"
    names = phrasing.listed(tuple(each.job for each in bad))
    return f"{phrasing.plural(len(bad), 'job')} did not end well: {names}.{now}"


def rules(rows: tuple[RuleRow, ...]) -> str:
    """Return how the data keeps its rules."""
    broken = [each for each in rows if each.failing]
    if not rows:
        return "The rules have not been looked at yet."
    if not broken:
        return "Every rule holds."
    verb = "is" if len(broken) == 1 else "are"
    return f"{phrasing.count(len(broken))} of {phrasing.plural(len(rows), 'rule')} {verb} broken."


def quarantine(found: Quarantine) -> str:
    """Return how many rows wait."""
    if not found.total:
        return "No row is left out: everything that arrived has come in."
    verb, they = ("is", "it is") if found.total == 1 else ("are", "they are")
    return f"{phrasing.plural(found.total, 'row')} {verb} left out until corrected; {they} kept as received."


def undo_question(row: ImportRow) -> str:
    """Return what taking an import back would do."""
    new = "an unknown number of" if row.new is None else phrasing.count(row.new)
    changed = "those" if row.changed is None else phrasing.count(row.changed)
    return (
        f"Take import {row.id} ({row.file_name}) back? {new} {row.kind} that it made would go, with what has been"
        f" added to them since; {changed} that it changed would become as they were."
    )
