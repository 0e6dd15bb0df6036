"""Files of strangers' desks come in by guess alone as a person would read them, or ask what only a person knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from etl.importing.source_row import SourceRow
from etl.importing.sources.source_table import SourceTable
from etl.importing.transforms.import_profile import ImportProfile
from etl.importing.transforms.questions import Question
from tests.integration.etl.importing.imported_desk import Answers, Desk

AT = "2025-03-01 10:00"


@dataclass(slots=True)
class Said(Answers):
    """Answers from a list, and remembers what was asked."""

    answers: Mapping[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def ask(self, questions: Sequence[Question]) -> dict[str, str]:
        """Answer each question once."""
        self.asked += [question.name for question in questions]
        known = {"time-zone": "UTC", **self.answers}
        return {question.name: known[question.name] for question in questions}

    def confirm(self, profile: ImportProfile, table: SourceTable, sample: Sequence[SourceRow]) -> None:
        """Agree."""


@dataclass(frozen=True, slots=True)
class Case:
    """One file, what has to be asked about it, and what its tickets are.

    Attributes:
        name: What it is about.
        lines: The file, the header first.
        columns: Columns of the tickets to look at.
        tickets: Their values, by the record's key.
        answers: Questions that are asked, with their answers.
        notices: Slugs of what the report has to say.
        waiting: Rows that wait in quarantine.
    """

    name: str
    lines: tuple[str, ...]
    columns: str
    tickets: tuple[tuple[object, ...], ...]
    answers: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    waiting: int = 0


CASES = (
    Case(
        "priorities of a number and a word",
        ("Ticket ID,Created At,Status,Priority", f"1,{AT},In Progress,1 - Critical", f"2,{AT},On Hold,3 - Moderate"),
        "status, priority",
        (("open", "urgent"), ("on_hold", "medium")),
    ),
    Case(
        "a status that nobody knows",
        ("Ticket ID,Created At,Status", f"1,{AT},Parked in limbo", f"2,{AT},Closed"),
        "status",
        (("pending",), ("closed",)),
        {"status:Parked in limbo": "pending"},
    ),
    Case(
        "Freshdesk's numbers",
        ("Ticket Id,Created time,Resolved time,Status,Priority,Source", f"1,{AT},,2,1,1", f"2,{AT},,3,4,2"),
        "status, priority",
        (("open", "low"), ("pending", "urgent")),
        notices=("system",),
    ),
    Case(
        "numbers without a direction",
        ("Ticket No,Opened,Priority", f"1,{AT},1", f"2,{AT},4"),
        "priority",
        (("low",), ("urgent",)),
        {"priority-direction": "1-is-low"},
        ("all_open",),
    ),
    Case(
        "channels in their own spelling",
        (
            "Ticket ID,Created At,Channel",
            *(f"{place},{AT},{word}" for place, word in enumerate(("WhatsApp", "Web Portal", "Carrier pigeon"), 1)),
        ),
        "channel",
        (("chat",), ("form",), ("other",)),
        notices=("cells_aside",),
    ),
    Case(
        "another name of the date of solving",
        ("Ticket ID,Created Date,Resolved Date,Agent Assigned,Status", f"1,{AT},2025-03-02 10:00,Ann,Resolved"),
        "resolved_at::text, assigned_agent",
        (("2025-03-02 10:00:00+00", "Ann"),),
    ),
    Case(
        "a key that is blank beside one that is not",
        ("id,external_id,created_at,status,priority,subject", f"101,,{AT},solved,high,a", f"102,,{AT},open,low,b"),
        "status, priority",
        (("resolved", "high"), ("open", "low")),
    ),
    Case(
        "ratings that were only asked for",
        (
            "Id,Created at,Solved at,Status,Priority,Satisfaction Score",
            f"1,{AT},2025-03-01 12:00,Solved,High,Good",
            f"2,{AT},2025-03-01 12:00,Solved,High,Offered",
            f"3,{AT},2025-03-01 12:00,Solved,High,Not Offered",
        ),
        "customer_satisfaction_score, survey_offered_at is not null",
        ((4, True), (None, True), (None, False)),
        notices=("surveys_dated_as_solved",),
    ),
    Case(
        "a service desk's words of status",
        (
            "Issue key,Created,Resolved,Status,Priority",
            f"SD-1,{AT},2025-04-04 21:00,Done,High",
            f"SD-2,{AT},,Waiting for customer,Low",
            f"SD-3,{AT},,Waiting for support,Medium",
            f"SD-4,{AT},2025-04-04 21:00,Won't Do,Medium",
        ),
        "status",
        (("resolved",), ("pending",), ("open",), ("closed",)),
    ),
    Case(
        "Jira's own dates",
        (
            "Issue key,Created,Resolved,Status",
            "SD-1,03/Apr/25 10:12 AM,04/Apr/25 9:00 PM,Done",
            "SD-2,13/Apr/25 12:05 AM,,Open",
        ),
        "created_at::text, resolved_at::text",
        (("2025-04-03 10:12:00+00", "2025-04-04 21:00:00+00"), ("2025-04-13 00:05:00+00", None)),
    ),
    Case(
        "a.m. and p.m. of another language",
        ("Ticket ID,Created At,Status", '1,"31/03/2025 10:12 p. m.",Open', '2,"31/03/2025 10:12 a. m.",Open'),
        "created_at::text",
        (("2025-03-31 22:12:00+00",), ("2025-03-31 10:12:00+00",)),
    ),
    Case(
        "milliseconds since 1970",
        ("Ticket ID,Created At,Status", "1,1743415920000,Open"),
        "created_at::text",
        (("2025-03-31 10:12:00+00",),),
        notices=("dates_in_numbers",),
    ),
    Case(
        "nobody is no agent",
        (
            "Ticket ID,Created At,Agent,Group,Status",
            *(f"{at},{AT},{who},-,Open" for at, who in enumerate(("No Agent", "Unassigned", "null", "N/A", "-"), 1)),
        ),
        "assigned_agent, team",
        ((None, None),) * 5,
    ),
    Case(
        "columns that share a name",
        (
            "Summary,Issue key,Status,Created,Resolved,Labels,Labels,Comment,Comment",
            f"A,SD-1,Done,{AT},2025-03-15 09:05,late,van,c1,c2",
        ),
        "subject, tags, resolved_at::text",
        (("A", ["late", "van"], "2025-03-15 09:05:00+00"),),
        notices=("repeated_left_out",),
    ),
    Case(
        "two columns of status",
        ("Ticket ID,Created At,Status,Status", f"1,{AT},Open,Closed"),
        "status",
        (("closed",),),
        {"column:status": "Status (2)"},
    ),
    Case(
        "a delimiter in the first line",
        ("sep=;", "Ticket ID;Created At;Status", f"1;{AT};Open"),
        "status",
        (("open",),),
    ),
    Case(
        "titles above the names",
        ("Support report,,", "Generated 2025-04-01,,", ",,", "Ticket ID,Created At,Status", f"1,{AT},Open"),
        "status",
        (("open",),),
        notices=("rows_skipped",),
    ),
    Case(
        "dates that cannot be",
        ("Ticket ID,Created At,Status", "1,2126-03-01 10:00,Open", "2,1900-01-01 00:00:00,Open", f"3,{AT},Open"),
        "status",
        (("open",),),
        waiting=2,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_guess_reads_the_file_as_a_person_would(desk: Desk, tmp_path: Path, case: Case) -> None:
    path = tmp_path / "desk.csv"
    path.write_text("\n".join(case.lines) + "\n", encoding="utf-8")
    desk.answers = said = Said(answers=case.answers)
    report = desk.load(path, None)
    assert set(said.asked) - {"time-zone"} == set(case.answers)
    assert (report.new_count, report.quarantined_count) == (len(case.tickets), case.waiting)
    found = desk.rows(
        f"select {case.columns} from support.support_tickets inner join raw.records on id = ticket_id"
        " order by length(external_id), external_id"
    )
    assert found == list(case.tickets)
    assert set(case.notices) <= {notice.slug for notice in report.notices}
