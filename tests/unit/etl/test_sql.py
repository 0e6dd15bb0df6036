"""The SQL files can be limited to the changed tickets."""

import pytest

from etl.marts.facts import FACTS, STAGES
from etl.sql import limited_to_changes, read_sql, sql_names


@pytest.mark.parametrize("stage", [*STAGES, "ticket_scope"])
def test_every_stage_that_reads_the_system_of_record_says_where_to_limit_it(stage: str) -> None:
    sql = read_sql(f"staging/{stage}")
    reads = any(f"from support.{table}" in sql for table in ("support_tickets", "customer_interactions", "ticket_"))
    assert ("changed_tickets" in limited_to_changes(sql)) == (reads or "support.ticket_" in sql)
    assert "changed_tickets" not in sql


def test_facts_are_made_of_staged_rows_only() -> None:
    for fact in FACTS:
        sql = read_sql(f"marts/{fact}")
        assert "support." not in sql
        assert limited_to_changes(sql) == sql


def test_a_folder_lists_its_files_in_order() -> None:
    names = sql_names("checks")
    assert list(names) == sorted(names)
    assert "checks/unknown_category" in names
