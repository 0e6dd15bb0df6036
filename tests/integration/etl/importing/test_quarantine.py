"""A record that broke a rule comes in once the rule or the mapping allows it, and never over a later row."""

from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from etl.importing.quarantine import ReplayReport, replay_quarantine, waiting_records
from etl.importing.transforms.import_profile import ImportProfile
from tests.integration.etl.importing.imported_desk import JOHANNESBURG, PROFILE, Desk, row, write_csv

CORRECTED = replace(PROFILE, formats=("day %j of %Y",))


def replay(desk: Desk, profile: ImportProfile | None = CORRECTED) -> ReplayReport:
    """Replay everything that waits."""
    return replay_quarantine(desk.engine, None, profile, "", JOHANNESBURG)


def test_waiting_records_are_listed_with_their_reasons(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "a.csv", [row("1", made="day 60 of 2025"), row("2", made="?")]))
    with desk.engine.connect() as connection:
        total, records = waiting_records(connection, "desk", 1)
        assert waiting_records(connection, "another", 10) == (0, ())
    assert total == 2
    (first,) = records
    assert (first.file_name, first.line_number, first.external_id) == ("a.csv", 2, "1")
    assert [(each["code"], each["column"]) for each in first.reasons] == [("bad_date", "made")]
    assert first.payload["made"] == "day 60 of 2025"
    assert set(first.as_json()) >= {"reasons", "payload", "line_number"}


def test_a_corrected_mapping_lets_in_what_it_allows_and_the_rest_waits_on(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "a.csv", [row("1", made="day 60 of 2025"), row("2", made="?"), ["3"], row("4")]))
    done = replay(desk)
    assert done == ReplayReport(tried_count=2, accepted_count=1, overtaken_count=0, damaged_count=1, waiting_count=2)
    assert (
        desk.value(
            "select created_at::text from support.support_tickets join raw.records on id = ticket_id "
            "where external_id = '1'"
        )
        == "2025-02-28 22:00:00+00"
    )
    assert desk.value("select line_number from raw.records where external_id = '1'") == 2
    before = desk.state()
    assert replay(desk).accepted_count == 0
    assert desk.state() == before


def test_without_another_mapping_the_one_of_the_import_is_used(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "a.csv", [row("1", made="day 60 of 2025")]))
    assert replay(desk, None).accepted_count == 0
    with desk.engine.begin() as connection:
        corrected = sa.text(
            "update raw.quarantined_records set payload = jsonb_set(payload, '{made}', '\"2025-03-01\"')"
        )
        connection.execute(corrected)
    assert replay(desk, None).accepted_count == 1


def test_a_record_does_not_come_in_over_a_later_row_with_its_key(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "a.csv", [row("1", made="day 60 of 2025", subject="old"), row("1", subject="new")]))
    done = replay(desk)
    assert (done.accepted_count, done.overtaken_count, done.waiting_count) == (0, 1, 0)
    assert desk.value("select subject from support.support_tickets") == "new"
    assert desk.value("select payload ->> 'subject' from raw.superseded_records") == "old"


def test_a_record_that_follows_a_good_row_with_its_key_updates_it(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "a.csv", [row("1", subject="old"), row("1", made="day 60 of 2025", subject="new")]))
    assert replay(desk).accepted_count == 1
    assert desk.value("select subject from support.support_tickets") == "new"


def test_a_corrected_file_releases_what_waited_for_it(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "a.csv", [row("1", made="?"), row("2", made="?")]))
    report = desk.load(write_csv(tmp_path / "a.csv", [row("1"), row("2", made="?")]))
    assert (report.new_count, report.released_count, report.newly_quarantined_count) == (1, 1, 0)
    assert desk.rows("select external_id from raw.quarantined_records where released_at is null") == [("2",)]
