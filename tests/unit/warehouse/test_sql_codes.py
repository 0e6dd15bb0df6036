"""SQL says codes by their names: a bare number for a kind of event, an SLA state or "not set" stands nowhere."""

import re

import pytest

from analytics.vocabulary import NO_CUSTOMER
from tests.reference.sql_texts import SqlText, python_strings, sql_files

CODE = (
    r"(?:kind|sla|\w+_sla|hour|\w+(?<!_per)_hour"
    r"|(?:category|priority|channel|customer_type|agent|team|sla_policy)_id)"
)
"""Columns that hold codes: kinds of events, SLA states, hours (one is 'unknown') and ids (one is 'not set')."""
COMPARED = re.compile(rf"\b{CODE}\b\s*(?:=|<>|!=|[<>]=?|(?:not )?in \(|is distinct from )\s*-?\d")
DEFAULTED = re.compile(rf"\bcoalesce\([\w.]*(?:\.id|\b{CODE})\s*,\s*-?\d")
MADE = re.compile(rf"\b(case|end)\b(?:::\w+)?(?:\s+as\s+({CODE})\b)?")
ANSWER = re.compile(r"\b(?:then|else)\s+-?\d")


def bare_numbers(sql: str) -> list[str]:
    """Return the places of a text that write a number where a code has a name."""
    found = [match.group() for match in (*COMPARED.finditer(sql), *DEFAULTED.finditer(sql))]
    begun: list[int] = []
    for match in MADE.finditer(sql):
        if match[1] == "case":
            begun.append(match.start())
        elif begun:
            start = begun.pop()
            found += ANSWER.findall(sql, start, match.start()) if match[2] else []
    return found


@pytest.mark.parametrize("text", sql_files(), ids=str)
def test_an_sql_file_says_codes_by_name(text: SqlText) -> None:
    assert not bare_numbers(text.text)


def test_sql_in_python_says_codes_by_name() -> None:
    found = {str(text): bare_numbers(text.text) for text in python_strings()}
    assert not {where: numbers for where, numbers in found.items() if numbers}


def test_the_address_of_no_customer_is_declared_once() -> None:
    found = [text.path for text in (*sql_files(), *python_strings()) if NO_CUSTOMER in text.text]
    assert found == ["analytics/vocabulary.py"]


@pytest.mark.parametrize(
    "sql",
    [
        "where kind = 4",
        "where event.sla in (1, 2)",
        "filter (where first_reply_sla <> 3)",
        "created_hour >= 0",
        "coalesce(agent.id, 0) as agent_id",
        "case when x then case when y then 1 else 2 end end::smallint as resolution_sla",
        "case when is_date_only then -1 else extract(hour from at) end as created_hour",
    ],
)
def test_a_bare_number_is_found(sql: str) -> None:
    assert bare_numbers(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "where kind = :event_solved",
        "case when turn > 1 then 2 else 1 end as first_turn",
        "coalesce(statuses.reopen_count, 0)",
        "case when a then :sla_met end as sla, case when b then 2 end as turn",
    ],
)
def test_other_numbers_are_let_be(sql: str) -> None:
    assert not bare_numbers(sql)
