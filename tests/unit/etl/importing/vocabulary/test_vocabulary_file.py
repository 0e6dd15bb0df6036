"""The vocabularies are read once, contradict nothing, and a bad file is an error that names what is wrong."""

import pytest

from etl.importing.vocabulary.ticket_fields import TICKET_FIELDS
from etl.importing.vocabulary.vocabulary_file import (
    VocabularyError,
    general,
    parse_vocabulary,
    system_of,
    systems,
)


def test_each_system_is_known_with_the_columns_that_make_a_ticket() -> None:
    names = {system.name for system in systems()}
    assert names == {
        *("Zendesk", "Freshdesk", "Jira", "ServiceNow", "GLPI", "OTRS/Znuny", "osTicket", "Zammad", "HubSpot"),
        *("Salesforce", "Help Scout", "Intercom", "Chatwoot", "GitHub", "FreeScout"),
    }
    for system in systems():
        assert system.signatures, system.name
        assert {"external_id", "created_at", "status"} <= system.columns.keys(), system.name


def test_the_general_vocabulary_has_columns_for_every_field() -> None:
    assert TICKET_FIELDS.keys() - general().columns.keys() == set()


def test_the_vocabularies_are_read_once() -> None:
    assert systems() is systems()
    assert general() is general()


def test_a_header_that_is_nobodys_is_nobodys() -> None:
    assert system_of(("Ticket ID", "Created At", "Status", "Priority")) is None
    assert system_of(()) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("columns = [", "is not TOML"),
        ("colour = 'red'", "colour"),
        ("kept = 'id'", "'kept'"),
        ("[columns]\nshoe_size = ['Size']", "shoe_size"),
        ("[words.shoe_size]\n42 = ['x']", "shoe_size"),
        ("[words.priority]\nhottest = ['x']", "hottest"),
        ("[words.priority]\nlow = ['P 1']\nhigh = ['p-1']", "two meanings"),
        ("[units]\nfortnights = ['Age']", "fortnights"),
        ("kept = ['Closed At']\n[columns]\nclosed_at = ['closed_at']", "keeps and uses"),
        ("[months]\nfirst = ['Jan']", "'months'"),
    ],
)
def test_a_bad_file_is_a_named_error(text: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=message):
        parse_vocabulary(text, "test")
