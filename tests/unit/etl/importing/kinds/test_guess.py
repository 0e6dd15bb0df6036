"""A file of another kind than tickets is understood by the names of its columns."""

import pytest

from etl.importing.kinds.fields import FIELDS_OF
from etl.importing.kinds.guess import guess_kind
from etl.importing.transforms.import_profile import ImportProfile, ProfileError

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
    profile = guess_kind(kind, HEADERS[kind], [], "file")
    used = {*profile.columns, *(["external_id"] if profile.external_id else [])}
    assert used == set(FIELDS_OF[kind].fields)
    assert {*profile.columns.values(), *profile.external_id} == set(HEADERS[kind])


def test_a_column_whose_cells_cannot_be_the_field_is_not_taken() -> None:
    """An author in `Email` that is no address is none."""
    with pytest.raises(ProfileError, match="customer_email of customers"):
        guess_kind("customers", ("Email",), [["Ann"], ["Ben"]], "file")


@pytest.mark.parametrize("kind", HEADERS)
def test_a_mapping_survives_being_stored(kind: str) -> None:
    profile = guess_kind(kind, HEADERS[kind], [], "file")
    assert ImportProfile.from_json(profile.as_json()) == profile
