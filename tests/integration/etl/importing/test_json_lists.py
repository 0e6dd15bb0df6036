"""Lists in JSON come in as their items, whatever stands in them."""

import json
from pathlib import Path

from tests.integration.etl.importing.imported_desk import Desk

TAGS: tuple[list[str], ...] = (["a", "b"], ["two words", "c"], ["with, comma", "d"], ["alone here"], [])


def test_tags_of_zendesk_are_those_of_the_list(desk: Desk, tmp_path: Path) -> None:
    """In Zendesk's CSV a space parts them."""
    tickets = [
        {
            "id": number,
            "created_at": "2025-03-01T10:00:00Z",
            "requester_id": 7,
            "submitter_id": 7,
            "ticket_form_id": 1,
            "status": "open",
            "tags": tags,
        }
        for number, tags in enumerate(TAGS)
    ]
    path = tmp_path / "tickets.json"
    path.write_text(json.dumps({"tickets": tickets}))
    desk.load(path, None)
    found = desk.rows("select coalesce(tags, '{}') from support.support_tickets order by id")
    assert [tags for (tags,) in found] == list(TAGS)


def test_of_a_list_of_agents_and_of_teams_the_first_counts(desk: Desk, tmp_path: Path) -> None:
    tickets = [
        {
            "id": number,
            "created_at": "2025-03-01T10:00:00Z",
            "status": "open",
            "assignees": [{"login": "anna"}, {"login": "karl"}],
            "group": ["Sales", "IT"],
        }
        for number in range(2)
    ]
    path = tmp_path / "issues.json"
    path.write_text(json.dumps(tickets))
    desk.load(path, None, answers={"column:assigned_agent": "assignees.login"})
    assert desk.rows("select distinct assigned_agent, team from support.support_tickets") == [("anna", "Sales")]
    assert desk.rows("select agent_name from support.agents") == [("anna",)]
