"""What a file cannot say is not invented, and what cannot be read is kept aside and told."""

from pathlib import Path

from etl.importing.transforms.import_profile import ImportProfile
from tests.integration.etl.importing.imported_desk import Desk, write_csv

PROFILE = ImportProfile(
    "desk",
    "desk",
    external_id=("id",),
    columns={
        "created_at": "made",
        "resolved_at": "done",
        "closed_at": "closed",
        "source_changed_at": "changed",
        "status": "state",
        "channel": "via",
        "assigned_agent": "agent",
        "merged_into": "into",
    },
    time_zone="UTC",
)
HEADER = ("id", "made", "done", "closed", "changed", "state", "via", "agent", "into")
MADE = "2025-03-01 10:00"


def test_a_solved_ticket_without_a_date_of_it_takes_the_next_best_and_is_never_open(desk: Desk, tmp_path: Path) -> None:
    rows = [
        ["1", MADE, "2025-03-02 10:00", "2025-03-05 10:00", "2025-03-06 10:00", "Solved", "", "", ""],
        ["2", MADE, "", "2025-03-05 10:00", "2025-03-06 10:00", "Solved", "", "", ""],
        ["3", MADE, "", "", "2025-03-06 10:00", "Closed", "", "", ""],
        ["4", MADE, "", "", "", "Closed", "", "", ""],
        ["5", MADE, "2025-03-01 09:57", "", "", "Solved", "", "", ""],
        ["6", MADE, "2025-03-01 09:00", "", "", "Solved", "", "", ""],
    ]
    report = desk.load(write_csv(tmp_path / "a.csv", rows, HEADER), PROFILE)
    found = desk.rows("select status, resolved_at::text from support.support_tickets order by id")
    assert found == [
        ("resolved", "2025-03-02 10:00:00+00"),
        ("resolved", "2025-03-05 10:00:00+00"),
        ("closed", "2025-03-06 10:00:00+00"),
        ("closed", None),
        ("resolved", "2025-03-01 10:00:00+00"),
        ("resolved", None),
    ]
    told = {notice.slug: (notice.facts["row_count"], notice.facts["lines"]) for notice in report.notices}
    assert told["solved_when_closed"] == (1, "3")
    assert told["solved_when_changed"] == (1, "4")
    assert told["solved_not_known_when"] == (2, "5, 7")
    assert told["cells_aside"] == (1, "7")


def test_a_cell_that_cannot_be_read_is_in_the_metadata_and_in_the_report(desk: Desk, tmp_path: Path) -> None:
    rows = [
        ["1", MADE, "", "", "", "In limbo", "Pigeon", "Ann\nBob", ""],
        ["2", MADE, "", "", "", "", "", "ANN", ""],
    ]
    report = desk.load(write_csv(tmp_path / "a.csv", rows, HEADER), PROFILE)
    assert desk.rows(
        "select status, channel, assigned_agent, priority, metadata from support.support_tickets order by id"
    ) == [
        ("open", "other", "Ann", None, {"state": "In limbo", "via": "Pigeon", "agent": "Ann\nBob"}),
        ("open", None, "Ann", None, {}),
    ]
    said = "\n".join(report.lines())
    assert "1 cell of 'state' is kept aside, not status: is not a known value. Values: In limbo (1). Line: 2." in said
    assert "Values: Pigeon (1)" in said
    assert "Ann\nBob" not in said


def test_a_merged_ticket_leads_to_the_one_it_went_into_also_in_a_later_file(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "a.csv", [["1", MADE, "", "", "", "Merged", "", "", "2"]], HEADER), PROFILE)
    assert desk.rows("select status, exclusion, merged_into_id from support.support_tickets") == [
        ("closed", "merged", None)
    ]
    desk.load(write_csv(tmp_path / "b.csv", [["2", MADE, "", "", "", "Open", "", "", ""]], HEADER), PROFILE)
    ((merged, into),) = desk.rows("select id, merged_into_id from support.support_tickets where exclusion = 'merged'")
    assert into == desk.value(f"select id from support.support_tickets where id <> {merged}")
