"""What cannot be known of a file is asked or refused in words that say what to do about it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from analytics.errors import SupportAnalyticsError
from etl.importing.profile_questions import ProfileSettler
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.table_file import FileLayout, open_table
from etl.importing.transforms.import_profile import ImportProfile, ProfileError
from etl.importing.transforms.questions import Answers, Question


class StoppedError(SupportAnalyticsError):
    """Nobody answers."""


class Silent:
    """Remembers what is asked, and answers nothing."""

    def __init__(self) -> None:
        """Begin."""
        self.asked: list[Question] = []

    def ask(self, questions: Sequence[Question]) -> dict[str, str]:
        """Stop at the first questions."""
        self.asked += questions
        message = "Nobody answers."
        raise StoppedError(message)


def settled(folder: Path, text: str, kind: str = "tickets", **answers: str) -> ImportProfile:
    """Return the profile of a file that asks nothing."""
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    given = Answers({"time-zone": "UTC", **{name.replace("__", ":"): answer for name, answer in answers.items()}})
    with open_table(path, FileLayout(), ImportLimits()) as table:
        return ProfileSettler(table, list(table.rows), given, Silent(), kind).settle(None, "file")


def asked(folder: Path, text: str, kind: str = "tickets") -> list[Question]:
    """Return what is asked about a file."""
    path, silent = folder / "file.csv", Silent()
    path.write_text(text, encoding="utf-8")
    with open_table(path, FileLayout(), ImportLimits()) as table, pytest.raises(StoppedError):
        ProfileSettler(table, list(table.rows), Answers({"time-zone": "UTC"}), silent, kind).settle(None, "file")
    return silent.asked


@pytest.mark.parametrize(
    "first",
    [
        "1,2025-07-01 10:00,ann@x.org,Open",
        "1,2025-07-01,Late book,Open",
        "T-1,Late book,ann@x.org,Closed",
        "1,01/07/2025 10:00,email,Open",
        "1,2,3,Open",
    ],
)
@pytest.mark.parametrize("answers", [{}, {"column__created_at": "2025-07-01 10:00"}])
def test_a_file_without_a_header_is_refused(tmp_path: Path, first: str, answers: dict[str, str]) -> None:
    with pytest.raises(ProfileError, match="no header: its first row holds values") as caught:
        settled(tmp_path, f"{first}\n2,2025-07-02 10:00,ben@x.org,Open\n", **answers)
    assert caught.value.hint == "Add a row of names."


@pytest.mark.parametrize("header", ["id,created,2024,2025", "id,created,status,2024", "id,created at,Q1,May 2025"])
def test_years_and_months_beside_usual_names_are_names(tmp_path: Path, header: str) -> None:
    assert settled(tmp_path, f"{header}\n1,2025-07-01,Open,x\n").columns["created_at"].startswith("created")


def test_a_file_of_another_kind_is_told_to_name_its_kind(tmp_path: Path) -> None:
    (question,) = asked(tmp_path, "Mitarbeiter,Gruppe,Eintritt\nAnn,A,2025-07-01\n")
    assert question.name == "column:created_at"
    assert question.text == (
        "The columns look like those of agents: if the rows are agents, pass --kind agents. No column is called like"
        " the creation of a ticket. Which column holds the creation?"
    )
    (question,) = asked(tmp_path, "wer,was,wann\nAnn,A,2025-07-01\n")
    assert "messages, status changes or ratings need --kind: customers, agents, interactions" in question.text


def test_a_file_without_any_date_is_told_to_name_its_kind(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="creation of a ticket") as caught:
        settled(tmp_path, "Kundenmail,Firma,Kundentyp\na@x.org,A,school\n")
    assert "pass --kind customers" in str(caught.value.hint)


def test_a_needed_column_of_another_kind_is_asked_for_and_can_be_answered(tmp_path: Path) -> None:
    text = "wer,was\na@x.org,A\n"
    (question,) = asked(tmp_path, text, "customers")
    assert (question.name, question.choices) == ("column:customer_email", ("wer", "was"))
    profile = settled(tmp_path, text, "customers", column__customer_email="wer")
    assert profile.columns == {"customer_email": "wer"}


def test_one_odd_date_is_named_with_its_column_and_line(tmp_path: Path) -> None:
    text = "id,created\n1,03/13/2025 10:00\n2,03/14/2025 10:00\n3,15/03/2025 10:00\n"
    with pytest.raises(ProfileError) as caught:
        settled(tmp_path, text)
    assert caught.value.message == (
        "Some dates in 'created' put the day first (15/03/2025 10:00, line 4) and others the month"
        " (03/13/2025 10:00, line 2)."
    )
    assert "--date-order dmy or --date-order mdy" in str(caught.value.hint)
    assert settled(tmp_path, text, **{"date-order": "mdy"}).date_order == "mdy"


def test_columns_in_different_orders_are_named(tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as caught:
        settled(tmp_path, "id,created,solved\n1,03/13/2025,15/03/2025\n")
    assert caught.value.message == (
        "The dates in 'solved' put the day first (15/03/2025, line 2),"
        " those in 'created' the month (03/13/2025, line 2)."
    )


def test_words_of_rows_with_another_number_of_cells_are_not_asked_about(tmp_path: Path) -> None:
    text = "id,created,status\n1,2025-03-01,Open\n2,2025-03-01,Closed\n3,2025-03-01,Parked,oops\n4,2025-03-01\n"
    assert settled(tmp_path, text).columns["status"] == "status"
