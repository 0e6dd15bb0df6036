"""The SQL files can be limited to the changed tickets."""

import re

import pytest

from etl.marts.facts import FACTS, SCOPED_STAGES, STAGES, table_of
from etl.running.sql import limited_to_changes, read_sql, sql_files


@pytest.mark.parametrize("stage", [*STAGES, *SCOPED_STAGES])
def test_every_stage_that_reads_the_system_of_record_says_where_to_limit_it(stage: str) -> None:
    sql = read_sql(stage)
    reads = any(f"from support.{table}" in sql for table in ("support_tickets", "customer_interactions", "ticket_"))
    assert ("changed_tickets" in limited_to_changes(sql)) == (reads or "support.ticket_" in sql)
    assert "changed_tickets" not in sql


@pytest.mark.parametrize("stage", [*STAGES, *SCOPED_STAGES])
def test_a_stage_reads_only_stages_before_it(stage: str) -> None:
    order = (*STAGES, *SCOPED_STAGES)
    later = {table_of(each) for each in order[order.index(stage) :]}
    read = set(re.findall(r"\b(?:from|join)\s+(\w+)\b(?!\.)", read_sql(stage)))
    assert not read & later


def test_facts_are_made_of_staged_rows_only() -> None:
    for fact in FACTS:
        sql = read_sql(fact)
        assert "support." not in sql
        assert limited_to_changes(sql) == sql


def test_a_folder_lists_its_files_in_order() -> None:
    files = sql_files("quality/sql")
    assert list(files) == sorted(files)
    assert "quality/sql/unknown_category.sql" in files
