"""A file of another kind than tickets is understood by the names of its columns."""

import pytest

from etl.importing.kinds.fields import FIELDS_OF
from etl.importing.kinds.guess import guess_kind, likely_kind
from etl.importing.transforms.import_profile import ImportProfile
from etl.importing.transforms.questions import Answers

HEADERS = {
    "customers": ("Email", "Full Name", "Segment", "Account Name", "Customer Since", "Leaving Date"),
    "agents": ("Agent", "Email", "Group", "Hire Date", "End Date"),
    "interactions": (
        "Ticket ID",
        "ID",
        "Created At",
        "Author Type",
        "Public",
        "Bot",
        "Agent",
        "Via",
        "Duration",
        "Body",
    ),
    "ratings": (
        "Ticket ID",
        "Survey ID",
        "Survey",
        "Sent At",
        "Answered At",
        "Score",
        "Source Score",
        "Scale",
        "Feedback",
    ),
    "statuses": ("Issue Key", "ID", "To Status", "Changed At", "Author", "Automatic"),
}


@pytest.mark.parametrize("kind", HEADERS)
def test_usual_names_fill_every_field(kind: str) -> None:
    profile = guess_kind(kind, HEADERS[kind], [], "file").profile
    assert profile is not None
    used = {*profile.columns, *(["external_id"] if profile.external_id else [])}
    assert used == set(FIELDS_OF[kind].fields)
    assert {*profile.columns.values(), *profile.external_id} == set(HEADERS[kind])


def test_a_column_whose_cells_cannot_be_the_field_is_not_taken() -> None:
    """An author in `Email` that is no address is none."""
    guess = guess_kind("customers", ("Email",), [["Ann"], ["Ben"]], "file")
    assert guess.profile is None
    (question,) = guess.questions
    assert question.name == "column:customer_email"
    assert question.choices == ("Email",)
    assert "the customer's e-mail address" in question.text


def test_a_column_that_a_person_names_is_taken_whatever_it_is_called() -> None:
    answers = Answers({"column:customer_email": "who", "column:customer_name": "none"})
    profile = guess_kind("customers", ("Who", "Name"), [["ann", "Ann"]], "file", answers).profile
    assert profile is not None
    assert profile.columns == {"customer_email": "Who"}
    assert answers.unused() == []


@pytest.mark.parametrize(
    ("kind", "header", "columns"),
    [
        (
            "customers",
            ("Kundenmail", "Kunde", "Kundengruppe", "Mandant", "Kunde seit", "Gekündigt am"),
            ("customer_email", "customer_name", "customer_type", "organisation", "joined_at", "churned_at"),
        ),
        ("customers", ("Courriel", "Nom du client", "Cancelled on"), ("customer_email", "customer_name", "churned_at")),
        ("agents", ("Bearbeiter", "Abteilung", "Austrittsdatum"), ("agent_name", "team", "left_on")),
        ("agents", ("Technicien", "Équipe", "Date d'embauche"), ("agent_name", "team", "hired_on")),
    ],
)
def test_people_are_known_by_the_names_that_tickets_know(
    kind: str, header: tuple[str, ...], columns: tuple[str, ...]
) -> None:
    cells = {"Kundenmail": "a@x.org", "Courriel": "a@x.org"}
    row = [
        "2025-03-01" if name.endswith(("am", "on", "seit", "datum", "embauche")) else cells.get(name, "A")
        for name in header
    ]
    profile = guess_kind(kind, header, [row], "file").profile
    assert profile is not None
    assert profile.columns == dict(zip(columns, header, strict=True))


def test_the_scale_of_ratings_is_read_from_the_name_of_the_column() -> None:
    guess = guess_kind("ratings", ("Ticket ID", "CSAT (1-10)"), [["1", "9"], ["2", "3"]], "file")
    assert guess.questions == ()
    assert guess.profile is not None
    assert (guess.profile.columns["score"], guess.profile.rating_scale) == ("CSAT (1-10)", "1-10")


@pytest.mark.parametrize("kind", HEADERS)
def test_a_header_names_the_kind_that_it_fits_clearly_better(kind: str) -> None:
    assert likely_kind(HEADERS[kind], []) == kind


def test_a_header_that_fits_several_kinds_names_none() -> None:
    assert likely_kind(("Name", "Email"), [["Ann", "a@x.org"]]) == ""
    assert likely_kind(("one", "two"), []) == ""


@pytest.mark.parametrize("kind", HEADERS)
def test_a_mapping_survives_being_stored(kind: str) -> None:
    profile = guess_kind(kind, HEADERS[kind], [], "file").profile
    assert profile is not None
    assert ImportProfile.from_json(profile.as_json()) == profile
