"""What an import did, for a person and for a machine."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from analytics.notices import Notice
from etl.importing.counted import Counted
from etl.importing.file_sentences import file_sentences
from etl.importing.row_sentences import ROW_SENTENCES
from etl.importing.transforms.reasons import REASONS, Rule

_LINES_SHOWN: Final = 100
_PEOPLE: Final = frozenset({"customers", "agents"})
_FOLLOW: Final = "Next: support-analytics etl run refresh_marts (up does it by itself), then open the portal."
_NUMBERS: Final = {
    "unix": "seconds since 1970",
    "unix_ms": "milliseconds since 1970",
    "excel": "days, as workbooks count them",
}
_NOTICES: Final = {
    "columns_missing": "Columns of the profile that the file lacks: {columns}.",
    "columns_kept": "Kept in the tickets' metadata: {columns}.",
    "columns_unused": "Not used; they are kept with the rows as received: {columns}.",
    "no_key": "The file has no key: a row's content is its key, so a corrected row comes in as a new one.",
    "column_without_name": "Column {position} has no name; it is kept as {given!r}.",
    "same_file": "This very file was imported on {day} as source {source!r}: import {import_id}.",
    "system": "Recognised as an export of {system}.",
    "repeated_left_out": "Several columns share a name, so they are only kept in the metadata: {columns}.",
    "all_open": "The file says neither how a ticket stands nor when it was solved: every ticket counts as open.",
    "first_close": "{column!r} is the first close of a ticket; of a ticket that was reopened it is not the last.",
    "time_joined": "Each date in {column!r} is joined with its time in {time!r}.",
    "dates_in_numbers": "Some dates are written as numbers; they are read as: {formats}.",
    "cells_aside": "{row_count:,} {row_count:cell/cells} of {column!r} {row_count:is/are} kept aside, not {field}:"
    " {reason}.{values} {row_count:Line/Lines}: {lines}.",
    "solved_when_closed": "{row_count:,} {row_count:ticket is/tickets are} solved without a date; that of closing is"
    " taken. {row_count:Line/Lines}: {lines}.",
    "solved_when_changed": "{row_count:,} {row_count:ticket is/tickets are} solved without a date; the last change is"
    " taken. {row_count:Line/Lines}: {lines}.",
    "solved_not_known_when": "{row_count:,} {row_count:ticket is/tickets are} solved, and the file does not say when."
    " {row_count:Line/Lines}: {lines}.",
    "clocks_differ": "{row_count:,} {row_count:time lies/times lie} up to five minutes before the ticket was made:"
    " the source's clocks differ, and the ticket's own time is taken. {row_count:Line/Lines}: {lines}.",
    "surveys_dated_as_solved": "{row_count:,} {row_count:ticket was/tickets were} asked for a rating; the day of"
    " solving stands for that day.",
    "columns_joined": "{column_count:,} columns are called {column!r}; together they are the list {field}.",
    "column_repeated": "Column {position} repeats the name {name!r}; it is kept as {given!r}.",
    "country_found": "The desk keeps the public holidays of {country}, the country of {zone}. To have others:"
    " support-analytics calendar countries.",
    "other_zone": "The times of the file are those of {zone}, but the desk counts days and hours by the clock of"
    " {reporting_zone}. To change that: start up with SUPPORT_TIME_ZONE={zone}, and for the opening hours:"
    " support-analytics calendar hours --time-zone {zone}.",
    "country_not_known": "It is not known whose public holidays the desk keeps, so none count. To say it:"
    " support-analytics calendar countries, with two letters such as ZA, or none.",
    **ROW_SENTENCES,
}


@dataclass(frozen=True, slots=True)
class Superseded:
    """A row that is replaced by a later row of the same file.

    Attributes:
        line_number: Line of the row.
        by_line_number: Line of the later row, which counts.
        external_id: Key of both rows.
    """

    line_number: int
    by_line_number: int
    external_id: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    Attributes:
        kind: What the rows are.
        source: Name under which the records are kept.
        file_name: Name of the file.
        row_count: Rows in the file, blank ones left out.
        new_count: Records that are new.
        updated_count: Records that differed.
        unchanged_count: Records that were the same.
        duplicate_count: Rows that repeat another one exactly.
        superseded_count: Rows with the key of a later row and other content.
        superseded: The first of these rows.
        quarantined_count: Rows that broke a rule.
        quarantined_by_reason: Reason code -> rows; a row can have several.
        quarantined_lines: Lines of the first rows that broke a rule.
        newly_quarantined_count: Rows that broke a rule and were not in quarantine already.
        released_count: Records that waited and have now come in.
        arrived_count: Records of other kinds that waited for these tickets and have now come in.
        is_dry_run: Whether nothing was kept.
        notices: What was unusual about the file.
    """

    kind: str
    source: str
    file_name: str
    row_count: int
    new_count: int
    updated_count: int
    unchanged_count: int
    duplicate_count: int
    superseded_count: int
    superseded: tuple[Superseded, ...]
    quarantined_count: int
    quarantined_by_reason: Mapping[str, int] = field(default_factory=dict)
    quarantined_lines: tuple[int, ...] = ()
    newly_quarantined_count: int = 0
    released_count: int = 0
    arrived_count: int = 0
    is_dry_run: bool = False
    notices: tuple[Notice, ...] = ()

    @property
    def record_count(self) -> int:
        """Number of different records in the file."""
        return self.new_count + self.updated_count + self.unchanged_count

    def as_json(self) -> dict[str, Any]:
        """Return the report for a machine. `ticket_count` is an older name of `record_count`."""
        notices = [each.as_json() for each in self.notices]
        counts = {"record_count": self.record_count, "ticket_count": self.record_count}
        return {**asdict(self), "notices": notices, **counts}

    def lines(self) -> list[str]:
        """Return the report for a person."""
        head = "Nothing was kept (dry run). An import would do this:" if self.is_dry_run else "Imported."
        counts = [
            f"{_line(self.row_count, '{:row/rows}')} in {self.file_name}, kept as source {self.source!r}",
            f"  {self.new_count:>12,} new {_counted_as(self.kind)}",
            f"  {self.updated_count:>12,} updated",
            f"  {self.unchanged_count:>12,} unchanged",
        ]
        if self.duplicate_count:
            counts.append(_line(self.duplicate_count, "{:row repeats/rows repeat} another row exactly"))
        notices = notice_lines(self.notices)
        return [head, *notices, *counts, *self._superseded_lines(), *self._quarantined_lines(), self._next_step()]

    def notice_lines(self) -> list[str]:
        """Return what was unusual about the file, a sentence each."""
        return notice_lines(self.notices)

    def _superseded_lines(self) -> list[str]:
        if not self.superseded:
            return []
        pairs = [f"{each.line_number} (by {each.by_line_number})" for each in self.superseded[:_LINES_SHOWN]]
        more = self.superseded_count - len(pairs)
        rest = f" and {more:,} more" if more else ""
        words = "{0:row/rows} superseded: {0:its/their} key comes again further down, where it counts."
        return [
            _line(self.superseded_count, words),
            f"{'':15}Kept in raw.superseded_records. Lines: {', '.join(pairs)}{rest}.",
        ]

    def _quarantined_lines(self) -> list[str]:
        lines = []
        if self.quarantined_count:
            lines.append(_line(self.quarantined_count, "{:row/rows} in quarantine:"))
            lines += [f"  {'':12}   {count:>9,} {code}" for code, count in self.quarantined_by_reason.items()]
            shown = ", ".join(map(str, self.quarantined_lines[:10]))
            lines.append(
                f"{'':15}First lines: {shown}. See all: support-analytics quarantine list --source {self.source}"
            )
        if self.released_count:
            lines.append(_line(self.released_count, "{:record/records} came out of quarantine"))
        if self.arrived_count:
            lines.append(_line(self.arrived_count, "{:record/records} that waited for these tickets came in"))
        return lines

    def _next_step(self) -> str:
        if self.is_dry_run:
            return "Next: import it without --dry-run."
        if self.new_count or self.updated_count:
            return _FOLLOW
        return "Nothing has changed."


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What taking an import back did.

    Attributes:
        import_id: Number of the import.
        kind: What its rows are.
        source: Name under which its records were kept.
        file_name: Name of the file.
        removed_count: Records that it had made, which are gone.
        restored_count: Records that it had changed, which are as before.
        waiting_removed_count: Rows of it that were in quarantine, waiting or not.
        waiting_again_count: Records of other imports that wait again.
        removed_customer_count: Customers whom nothing else named.
        removed_agent_count: Agents whom nothing else named.
        removed_category_count: Categories that nothing else named.
    """

    import_id: int
    kind: str
    source: str
    file_name: str
    removed_count: int
    restored_count: int
    waiting_removed_count: int
    waiting_again_count: int
    removed_customer_count: int
    removed_agent_count: int
    removed_category_count: int

    def as_json(self) -> dict[str, Any]:
        """Return the report for a machine."""
        return asdict(self)

    def lines(self) -> list[str]:
        """Return the report for a person."""
        counts = {
            f"{_counted_as(self.kind)} it had made are gone": self.removed_count,
            f"{_counted_as(self.kind)} it had changed are as before": self.restored_count,
            "of its rows are out of quarantine": self.waiting_removed_count,
            "records of other imports wait in quarantine again": self.waiting_again_count,
            "customers whom nothing else names are gone": self.removed_customer_count,
            "agents whom nothing else names are gone": self.removed_agent_count,
            "categories that nothing else names are gone": self.removed_category_count,
        }
        shown = [f"  {count:>12,} {what}" for what, count in counts.items() if count]
        head = f"Import {self.import_id} ({self.file_name}, source {self.source!r}) is taken back."
        return [head, *(shown or ["It had changed nothing."]), _FOLLOW]


def notice_lines(notices: Sequence[Notice]) -> list[str]:
    """Return the sentence of each notice of an import."""
    return [*(_sentence(each) for each in notices if each.slug in _NOTICES), *file_sentences(notices)]


def _counted_as(kind: str) -> str:
    """Return what is counted: of people the records, because a person may be known from tickets already."""
    return f"records of {kind}" if kind in _PEOPLE else kind


def _line(count: int, words: str) -> str:
    return f"  {count:>12,} {words.format(Counted(count))}"


def _sentence(notice: Notice) -> str:
    facts = {name: Counted(fact) if isinstance(fact, int) else fact for name, fact in notice.facts.items()}
    if "rule" in facts:
        facts["reason"] = REASONS[Rule(str(facts["rule"]))].partition(":")[0]
    if "formats" in facts:
        facts["formats"] = ", ".join(_NUMBERS.get(name, name) for name in str(facts["formats"]).split(", "))
    if facts.get("values"):
        facts["values"] = f" Values: {facts['values']}."
    return _NOTICES[notice.slug].format(**facts)
