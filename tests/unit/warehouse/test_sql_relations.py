"""Every relation that an SQL text names is one: declared in `warehouse.tables`, a view, or a table its job makes."""

import pkgutil
import re
from importlib import import_module

import pytest

from etl.marts.facts import DESK_STAGE, FACTS, SCOPED_STAGES, STAGES, table_of
from tests.reference.sql_texts import CHECKOUT, SqlText, python_strings, sql_files
from warehouse import tables
from warehouse.migrations import VERSION_SCHEMA
from warehouse.rollups.sql import ROLLUPS
from warehouse.tables.metadata import METADATA

for module in pkgutil.iter_modules(tables.__path__, f"{tables.__name__}."):
    import_module(module.name)
SCHEMAS = "|".join(sorted({str(table.schema) for table in METADATA.tables.values()}))
MIGRATIONS = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((CHECKOUT / "warehouse/migrations/sql").glob("*.sql"))
)
MADE = frozenset(re.findall(r"\bcreate (?:or replace )?(?:view|function) (\w+\.\w+)", MIGRATIONS))
"""Views and functions of the migrations."""
CATALOGUES = ("information_schema", "pg_", f"{VERSION_SCHEMA}.alembic_version")
"""Relations of PostgreSQL and of Alembic."""
STAGED = frozenset(
    {
        *(table_of(path) for path in (DESK_STAGE, *STAGES, *SCOPED_STAGES)),
        *(f"{schema}new_{table_of(path)}" for path in FACTS for schema in ("", "marts.")),
        *(f"{schema}new_{rollup.table}" for rollup in ROLLUPS for schema in ("", "marts.")),
        *(
            name
            for text in (*sql_files(), *python_strings())
            for name in re.findall(r"\bcreate temporary table (\w+)", text.text)
        ),
    }
)
"""Tables that a job makes and drops."""

PREFIXES = ("marts.agg_", "marts.new_")
"""Names that are said of many tables at once; they count as known where any table begins so."""
QUALIFIED = re.compile(rf"\b((?:{SCHEMAS})\.\w++)(?!‹)")
READ = re.compile(r"\b(?:from|join|update|table)\s+(?:only\s+|lateral\s+)?+([a-z_]\w*+(?:\.\w++)?+)(?![.(‹]|\s\()")
WRITTEN = re.compile(r"\binto\s+([a-z_]\w*+(?:\.\w++)?+)(?![.‹])")
STEP = re.compile(r"\b(\w+)(?: \([\w, ]+\))? as (?:not )?(?:materialized )?\(")
COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
NO_RELATION = re.compile(
    r"\bextract\s*\(\s*\w+ from|\b(?:is|is not) distinct from|\bfor update|\bdo update|\bsubstring\s*\([^()]* from"
)
STATEMENT = re.compile(r"\s*(?:select|with|insert into|update|delete from|create temporary table|analyze|truncate)\s")


def unknown_relations(text: str) -> set[str]:
    """Return the relations of an SQL text that nobody declares."""
    sql = NO_RELATION.sub(" ", COMMENT.sub(" ", text))
    known = {*METADATA.tables, *MADE, *STAGED, *STEP.findall(sql)}
    known |= {name[: len(start)] for start in PREFIXES for name in known if name.startswith(start)}
    named = {*QUALIFIED.findall(sql), *READ.findall(sql), *WRITTEN.findall(sql)}
    in_path = {f"marts.{name}" for name in named} & {*METADATA.tables}
    return {name for name in named - known if f"marts.{name}" not in in_path and not name.startswith(CATALOGUES)}


@pytest.mark.parametrize("text", sql_files(), ids=str)
def test_an_sql_file_names_relations_that_are_there(text: SqlText) -> None:
    assert not unknown_relations(text.text)


def test_sql_in_python_names_relations_that_are_there() -> None:
    texts = (text for text in python_strings() if STATEMENT.match(text.text) or QUALIFIED.search(text.text))
    found = {str(text): unknown_relations(text.text) for text in texts}
    assert not {where: names for where, names in found.items() if names}


@pytest.mark.parametrize(
    "sql",
    [
        "select count(*) from marts.fct_ticket",
        "select subject from support_ticket",
        "insert into raw.record (source) select source from staged",
        "with known as (select 1) select * from known inner join unknown on true",
        "update support.ticket set status = 'open'",
    ],
)
def test_a_relation_that_is_not_there_is_found(sql: str) -> None:
    assert len(unknown_relations(sql)) == 1
