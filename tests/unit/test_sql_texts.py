"""No sentence is made in SQL: texts in quotation marks are slugs, names of columns, or SQL that is run."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
_PACKAGES: Final = ("etl", "portal", "warehouse", "standalone")
_IS_SQL: Final = re.compile(r"\s*(select|insert into|update|delete from|with|create|alter)\s", re.IGNORECASE)
_RUN: Final = re.compile(r"(create|alter|grant|revoke|for each|referencing) ")
"""Begins a text that is itself SQL, which a migration puts together and runs."""
_PHRASE: Final = re.compile(r"[A-Za-z]+ [a-z]+|^ [a-z]+|[a-z]+ $")
_LITERAL: Final = re.compile(r"'((?:[^']|'')*)'")
_NOT_RUN: Final = re.compile(r"--[^\n]*|^comment on .*?;$", re.MULTILINE | re.DOTALL)
_SEEDS: Final = {
    "0001_defaults.sql": "the categories, hours, keywords and rules that a desk starts with and its managers change",
    "0003_classification.sql": "keywords in Setswana, likewise",
    "0001_triggers.sql": "a reason for rebuilding that revision 0008 has made a slug",
}
_MARKS: Final = {
    "client backend": "what PostgreSQL calls a session of a client",
    "support-analytics logins": "the name of a lock",
    "support-analytics scratch database": "the mark of a database that may be dropped",
}


def sql_files() -> Iterator[tuple[str, str]]:
    """Yield every file of SQL, by name."""
    for package in _PACKAGES:
        for path in sorted((ROOT / package).rglob("*.sql")):
            yield path.name, path.read_text(encoding="utf-8")


def sql_in_python() -> Iterator[tuple[str, str]]:
    """Yield every text of a module that is SQL, by the module."""
    for package in _PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and _IS_SQL.match(node.value):
                    yield str(path.relative_to(ROOT)), node.value


def phrases(sql: str) -> list[str]:
    """Return the texts in a piece of SQL that read like words for a person."""
    texts = _LITERAL.findall(_NOT_RUN.sub("", sql))
    return [text for text in texts if _PHRASE.search(text) and not _RUN.match(text) and text not in _MARKS]


def test_no_sql_holds_words_for_a_person() -> None:
    """Neither in a file nor in a module; the list of what a desk starts with is all there is."""
    found = {name: phrases(sql) for name, sql in sql_files() if name not in _SEEDS}
    found |= {name: phrases(sql) for name, sql in sql_in_python() if phrases(sql)}
    assert {name: texts for name, texts in found.items() if texts} == {}
    assert {name for name, sql in sql_files() if phrases(sql)} == set(_SEEDS)


def test_words_in_sql_are_found() -> None:
    """In a select, joined to a value, and not in comments or in SQL that is run."""
    sql = "select 'No reply yet', tg_table_name || ' changed', 'a_slug', 'it''s late' -- 'not this one'\n"
    assert phrases(sql) == ["No reply yet", " changed", "it''s late"]
    assert phrases("comment on table a is\n'Some words.';\nexecute 'create role %I nologin';") == []
