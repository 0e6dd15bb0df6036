"""Each field reads its cells as systems write them, and refuses what it cannot read."""

import pytest

from etl.importing.transforms.agent_names import AgentNames
from etl.importing.transforms.cell_parsers import cell_parser
from etl.importing.transforms.cell_rules import NULL, CellRules
from etl.importing.transforms.reasons import FieldError, Rule
from etl.importing.vocabulary.ticket_fields import TICKET_FIELDS


def read(field: str, cell: str, **rules: object) -> str | None:
    """Return what a cell means; None for null."""
    value = cell_parser(TICKET_FIELDS[field], CellRules(**rules), None)(cell)  # type: ignore[arg-type]
    return None if value is NULL else value


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("channel", "WhatsApp", "chat"),
        ("channel", "Social Media", "social"),
        ("channel", "Feedback Widget", "form"),
        ("channel", "Phone call (incoming)", "call"),
        ("channel", "", None),
        ("priority", "1 - Critical", "urgent"),
        ("priority", "3 normal", "medium"),
        ("priority", "P1", "urgent"),
        ("priority", "", None),
        ("priority", "Not set", None),
        ("status", "Waiting for customer", "pending"),
        ("status", "InProgress", "open"),
        ("status", "Won't Do", "closed"),
        ("status", "erfolgreich geschlossen", "closed"),
        ("status", "Em andamento", "open"),
        ("status", "Merged", "merged"),
        ("assigned_agent", "No Agent", None),
        ("assigned_agent", "-", None),
        ("assigned_agent", "null", None),
        ("assigned_agent", "Ann Roe <ann@x.org>", "Ann Roe"),
        ("team", "n/a", None),
        ("customer_email", "Bob Roe <Bob@X.org>", "bob@x.org"),
        ("customer_email", '"Roe, Bob" <bob@x.org>', "bob@x.org"),
        ("customer_name", "Bob Roe <Bob@X.org>", "Bob Roe"),
        ("customer_name", "bob@x.org", None),
        ("customer_satisfaction_score", "Offered", "offered"),
        ("customer_satisfaction_score", "Unoffered", None),
        ("customer_satisfaction_score", "Good", "4"),
        ("reopen_count", "2.0", "2"),
        ("source_sla_met", "SLA Violated", "f"),
        ("source_sla_met", "Within SLA", "t"),
        ("source_sla_met", "-0:30", "f"),
        ("source_sla_breached", "Oui", "f"),
        ("tags", 'a, "b c"; d', '{"a","b c","d"}'),
        ("tags", '["a, b", "c d", "\\"e\\"", null]', '{"a, b","c d","\\"e\\""}'),
        ("language", "Deutsch", "de"),
    ],
)
def test_a_cell_is_read(field: str, cell: str, value: str | None) -> None:
    assert read(field, cell) == value


@pytest.mark.parametrize(
    ("field", "cell", "rule", "usable"),
    [
        ("channel", "Carrier pigeon", Rule.UNKNOWN_VALUE, "other"),
        ("priority", "1", Rule.UNKNOWN_VALUE, None),
        ("status", "Texas", Rule.UNKNOWN_VALUE, None),
        ("assigned_agent", "x" * 101, Rule.TOO_LONG, None),
        ("assigned_agent", "Ann\nBob", Rule.SEVERAL_VALUES, "Ann"),
        ("assigned_agent", "Ann; Bob", Rule.SEVERAL_VALUES, "Ann"),
        ("assigned_agent", "Anna Müller / Karl Kalt", Rule.SEVERAL_VALUES, "Anna Müller"),
        ("assigned_agent", "Ann & Bob", Rule.SEVERAL_VALUES, "Ann"),
        ("assigned_agent", "Ann + Bob", Rule.SEVERAL_VALUES, "Ann"),
        ("assigned_agent", "Ann und Bob", Rule.SEVERAL_VALUES, "Ann"),
        ("assigned_agent", "Ann AND Bob", Rule.SEVERAL_VALUES, "Ann"),
        ("assigned_agent", "Ann et Bob", Rule.SEVERAL_VALUES, "Ann"),
        ("assigned_agent", "Martin, Paul<br>Durand", Rule.SEVERAL_VALUES, "Martin, Paul"),
        ("assigned_agent", "Ann (IT) & Bob (Sales)", Rule.SEVERAL_VALUES, "Ann (IT)"),
        ("assigned_agent", '["Müller, Anna", "Kalt, Karl"]', Rule.SEVERAL_VALUES, "Müller, Anna"),
        ("team", '["Sales, EU", "IT"]', Rule.SEVERAL_VALUES, "Sales, EU"),
        ("reopen_count", "-1", Rule.BAD_NUMBER, None),
    ],
)
def test_a_cell_that_cannot_be_read_says_what_may_stand_in_its_place(
    field: str, cell: str, rule: Rule, usable: str | None
) -> None:
    with pytest.raises(FieldError) as caught:
        read(field, cell)
    assert (caught.value.code, caught.value.usable) == (rule, usable)


def test_the_spellings_of_an_agent_are_one() -> None:
    agents = AgentNames(["Ann Roe"], ["bob@x.org", "BOB SMITH <bob@x.org>", "Bob Smith", "Bob Smith"])
    spellings = ("ANN ROE", "ann  roe", "Ann Roe <ann@x.org>", "ann@x.org", "bob@x.org", "bob smith")
    found = [read("assigned_agent", each, agents=agents) for each in spellings]
    assert found == ["Ann Roe", "Ann Roe", "Ann Roe", "Ann Roe", "Bob Smith", "Bob Smith"]


def test_names_parted_by_a_comma_are_several_only_if_each_is_known() -> None:
    agents = AgentNames(["Ann", "Bob"])
    assert read("assigned_agent", "Roe, Ann", agents=agents) == "Roe, Ann"
    with pytest.raises(FieldError, match="several_values"):
        read("assigned_agent", "Ann, Bob", agents=agents)


@pytest.mark.parametrize(
    "name", ["Ortega y Gasset", "Costa e Silva", "Ann/Bob", "Ann-Marie Etienne", "Undine Andersen", "Ann (Sales & IT)"]
)
def test_what_stands_inside_a_name_does_not_part_it(name: str) -> None:
    assert read("assigned_agent", name) == name


def test_the_agents_of_a_cell_are_learnt_one_by_one() -> None:
    agents = AgentNames((), ["Ann Roe & Bob", "ANN ROE"])
    assert agents.knows("bob")
    assert not agents.knows("Ann Roe & Bob")
