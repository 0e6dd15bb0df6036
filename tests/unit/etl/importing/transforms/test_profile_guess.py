"""A guess takes a column for a field when its name and its cells both say so."""

import pytest

from etl.importing.transforms.date_questions import look_at_dates
from etl.importing.transforms.import_profile import ImportProfile, ProfileError
from etl.importing.transforms.profile_guess import guess_profile


def test_the_usual_names_are_recognised_in_any_spelling() -> None:
    header = [
        "Ticket ID",
        "Requester_Email",
        "SUBJECT",
        "description",
        "createdAt",
        "Closed Date",
        "Assignee",
        "CSAT",
        "Via",
    ]
    row = ["1", "a@example.org", "Late", "Where is it", "2025-03-01 10:00", "2025-03-02", "Thabo", "5", "Web Form"]
    profile = guess_profile(header, [row], "desk")
    assert profile.external_id == ("Ticket ID",)
    assert profile.columns == {
        "customer_email": "Requester_Email",
        "subject": "SUBJECT",
        "content": "description",
        "created_at": "createdAt",
        "resolved_at": "Closed Date",
        "assigned_agent": "Assignee",
        "customer_satisfaction_score": "CSAT",
        "channel": "Via",
    }


def test_a_column_whose_cells_are_something_else_is_left_to_the_metadata() -> None:
    profile = guess_profile(["id", "date", "state", "rating"], [["1", "2025-03-01", "Texas", "PG-13"]], "desk")
    assert profile.columns == {"created_at": "date"}


def test_a_file_without_a_key_has_none() -> None:
    assert guess_profile(["created"], [["2025-03-01"]], "desk").external_id == ()


def test_a_file_without_a_creation_is_refused_with_the_names_it_has() -> None:
    with pytest.raises(ProfileError, match="colour, size"):
        guess_profile(["colour", "size"], [["red", "2"]], "desk")


@pytest.mark.parametrize(
    ("cells", "needs_zone", "needs_order"),
    [
        (["2025-03-01"], False, False),
        (["2025-03-01 10:00"], True, False),
        (["2025-03-01T10:00Z"], False, False),
        (["03/04/2025"], False, True),
        (["03/04/2025", "13/04/2025"], False, False),
        (["03/04/2025 10:00"], True, True),
        (["", "soon"], False, False),
    ],
)
def test_only_what_the_dates_do_not_tell_is_asked_for(cells: list[str], needs_zone: bool, needs_order: bool) -> None:
    profile = ImportProfile("p", "s", columns={"created_at": "made"})
    found = look_at_dates(profile, ["made"], [[cell] for cell in cells])
    assert (found.needs_time_zone, found.needs_date_order) == (needs_zone, needs_order)


def test_answers_of_the_profile_are_not_asked_for_again() -> None:
    profile = ImportProfile("p", "s", columns={"created_at": "made"}, time_zone="Africa/Maseru", date_order="dmy")
    found = look_at_dates(profile, ["made"], [["03/04/2025 10:00"]])
    assert not found.needs_time_zone
    assert not found.needs_date_order
    assert found.date_order == "dmy"


def test_dates_that_contradict_one_another_are_refused() -> None:
    profile = ImportProfile("p", "s", columns={"created_at": "made"})
    with pytest.raises(ProfileError, match="day first"):
        look_at_dates(profile, ["made"], [["13/04/2025"], ["04/13/2025"]])
