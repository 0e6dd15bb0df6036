"""A guess takes a column for a field when its name and its cells both say so, and asks about what is in doubt."""

from collections.abc import Sequence

import pytest

from etl.importing.transforms.date_questions import look_at_dates
from etl.importing.transforms.import_profile import ImportProfile, ProfileError
from etl.importing.transforms.profile_guess import Guess, guess_profile
from etl.importing.transforms.questions import AnswerError, Answers
from etl.importing.transforms.words import word_reader
from etl.importing.vocabulary.ticket_fields import TICKET_FIELDS


def guessed(text: str, repeated: Sequence[str] = (), **answers: str) -> Guess:
    """Return the guess for a table whose cells are parted by bars; `_` in an answer's name stands for a colon."""
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    given = Answers({name.replace("__", ":").replace("_", "-"): answer for name, answer in answers.items()})
    return guess_profile(header, rows, "desk", repeated, given)


def profile_of(text: str, repeated: Sequence[str] = (), **answers: str) -> ImportProfile:
    """Return the guessed profile of a table that leaves nothing to ask."""
    guess = guessed(text, repeated, **answers)
    assert guess.profile is not None
    assert guess.questions == ()
    return guess.profile


def test_the_usual_names_are_recognised_in_any_spelling() -> None:
    header = [
        "Ticket ID",
        "Requester_Email",
        "SUBJECT",
        "description",
        "createdAt",
        "Resolved Date",
        "Closed Date",
        "Assignee",
        "CSAT",
        "Via",
    ]
    row = [
        "1",
        "a@x.org",
        "Late",
        "Where is it",
        "2025-03-01 10:00",
        "2025-03-02",
        "2025-03-03",
        "Thabo",
        "5",
        "Web Form",
    ]
    profile = guess_profile(header, [row], "desk").profile
    assert profile is not None
    assert profile.external_id == ("Ticket ID",)
    assert profile.columns == {
        "customer_email": "Requester_Email",
        "subject": "SUBJECT",
        "content": "description",
        "created_at": "createdAt",
        "resolved_at": "Resolved Date",
        "closed_at": "Closed Date",
        "assigned_agent": "Assignee",
        "customer_satisfaction_score": "CSAT",
        "channel": "Via",
    }


def test_the_one_date_of_closing_is_the_date_of_solving_too() -> None:
    columns = profile_of("id | created | closed\n1 | 2025-03-01 | 2025-03-02").columns
    assert (columns["resolved_at"], columns["closed_at"]) == ("closed", "closed")


def test_a_column_whose_cells_are_something_else_is_left_to_the_metadata() -> None:
    assert profile_of("id | date | rating\n1 | 2025-03-01 | PG-13").columns == {"created_at": "date"}


def test_a_file_without_a_key_has_none() -> None:
    assert profile_of("created\n2025-03-01").external_id == ()


def test_a_file_without_a_creation_is_refused_with_the_names_it_has() -> None:
    with pytest.raises(ProfileError, match="colour, size"):
        guessed("colour | size\nred | 2")


def test_a_file_without_rows_is_refused_for_that() -> None:
    with pytest.raises(ProfileError, match="no rows"):
        guessed("Ticket ID | Created At")


def test_a_creation_that_cannot_be_read_is_refused_with_its_values() -> None:
    with pytest.raises(ProfileError, match="'Created At' cannot be read as dates, such as 'soon', 'later'"):
        guessed("Ticket ID | Created At\n1 | soon\n2 | later")


def test_another_column_with_dates_is_proposed_for_the_creation() -> None:
    guess = guessed("id | Created At | Came in\n1 | soon | 2025-03-01\n2 | later | 2025-03-02")
    assert guess.profile is None
    assert [(each.name, each.choices) for each in guess.questions] == [("column:created_at", ("Came in",))]
    text = "id | Came in\n1 | 2025-03-01"
    answered = guess_profile(
        ["id", "Came in"], [["1", "2025-03-01"]], "desk", (), Answers({"column:created_at": "came in"})
    )
    assert answered.profile is not None, text
    assert answered.profile.columns == {"created_at": "Came in"}


@pytest.mark.parametrize(
    ("cells", "unknown"),
    [
        ("Status | Open\nStatus | Parked in limbo", "status:Parked in limbo"),
        ("State | Texas", "status:Texas"),
        ("Priority | High\nPriority | Level 9", "priority:Level 9"),
        ("Severity | 7b", "priority:7b"),
    ],
)
def test_words_of_status_and_priority_that_nobody_knows_are_asked_about(cells: str, unknown: str) -> None:
    column = cells.partition(" |")[0]
    rows = [["1", "2025-03-01", line.partition("| ")[2]] for line in cells.splitlines()]
    rows = [[str(number), *row[1:]] for number, row in enumerate(rows)]
    guess = guess_profile(["id", "created", column], rows, "desk")
    assert [each.name for each in guess.questions] == [unknown]
    name, _, word = unknown.partition(":")
    answered = guess_profile(["id", "created", column], rows, "desk", (), Answers({unknown: "none"}))
    assert answered.questions == ()
    value = "pending" if name == "status" else "low"
    answered = guess_profile(["id", "created", column], rows, "desk", (), Answers({unknown: value}))
    assert answered.profile is not None
    assert answered.profile.values == {name: {word: value}}
    with pytest.raises(AnswerError, match="asleep"):
        guess_profile(["id", "created", column], rows, "desk", (), Answers({unknown: "asleep"}))


def test_priorities_in_numbers_have_no_direction_until_somebody_says_so() -> None:
    text = "id | created | priority\n1 | 2025-03-01 | 1\n2 | 2025-03-01 | 4"
    assert [each.name for each in guessed(text).questions] == ["priority-direction"]
    words = profile_of(text, priority_direction="1-is-urgent").values["priority"]
    assert words == {"1": "urgent", "2": "high", "3": "medium", "4": "low"}
    words = profile_of(text, priority_direction="1-is-low").values["priority"]
    assert words == {"1": "low", "2": "medium", "3": "high", "4": "urgent"}


def test_the_system_whose_header_it_is_gives_numbers_their_direction() -> None:
    header = "Ticket ID | Created time | Resolved time | Priority | Source"
    text = f"{header}\n1 | 2025-03-01 | | 1 | 2\n2 | 2025-03-01 | | 4 | 3"
    profile = profile_of(text)
    assert profile.system == "Freshdesk"
    assert (profile.values["priority"]["1"], profile.values["priority"]["4"]) == ("low", "urgent")


def test_a_close_date_that_cannot_be_read_is_asked_about() -> None:
    guess = guessed("id | created | Resolved At\n1 | 2025-03-01 | 31st of 02/25\n2 | 2025-03-02 | wk 23 of 2025")
    (question,) = guess.questions
    assert question.name == "column:resolved_at"
    assert "wk 23 of 2025" in question.text


def test_a_key_that_is_blank_gives_way_to_one_that_is_not() -> None:
    text = "id | external_id | created\n101 | | 2025-03-01\n102 | | 2025-03-02"
    assert profile_of(text).external_id == ("id",)
    text = "external_id | number | created\n | 7 | 2025-03-01\n | 8 | 2025-03-02"
    assert profile_of(text).external_id == ("number",)


def test_a_key_that_repeats_is_asked_about_and_a_pair_proposed() -> None:
    text = "Branch | Ticket No | created\nMaun | 1 | 2025-03-01\nMaun | 2 | 2025-03-01\nGhanzi | 1 | 2025-03-02"
    (question,) = guessed(text).questions
    assert (question.name, question.default) == ("key", "Branch+Ticket No")
    assert profile_of(text, key="branch+ticket no").external_id == ("Branch", "Ticket No")
    assert profile_of(text, key="Ticket No").external_id == ("Ticket No",)
    assert profile_of(text, key="none").external_id == ()
    with pytest.raises(AnswerError, match="Shop"):
        profile_of(text, key="Shop+Ticket No")


def test_labels_in_several_columns_are_used_together() -> None:
    text = "number | created | Labels | Labels (2)\n1 | 2025-03-01 | late | van\n2 | 2025-03-02 | van |"
    assert profile_of(text, ("Labels",)).columns["tags"] == "Labels"
    assert "repeated_left_out" not in {each.slug for each in guessed(text, ("Labels",)).notices}


def test_which_of_two_columns_is_the_status_is_asked_unless_they_are_the_same() -> None:
    text = "number | created | Status | Status (2)\n1 | 2025-03-01 | open | {}\n2 | 2025-03-02 | closed | closed"
    (question,) = guessed(text.format("closed"), ("Status",)).questions
    assert (question.name, question.choices) == ("column:status", ("Status (1)", "Status (2)", "none"))
    assert profile_of(text.format("closed"), ("Status",), column__status="status (1)").columns["status"] == "Status (1)"
    assert profile_of(text.format("open"), ("Status",)).columns["status"] == "Status (1)"


def test_a_column_with_a_word_in_brackets_shares_no_name() -> None:
    text = "number | created | Status | Status (2) | Status (old)\n1 | 2025-03-01 | open | closed | new"
    (question,) = guessed(text, ("Status",)).questions
    assert question.choices == ("Status (1)", "Status (2)", "none")


def test_a_file_that_does_not_say_which_tickets_are_open_is_named() -> None:
    notices = guessed("number | created\n1 | 2025-03-01").notices
    assert "all_open" in {each.slug for each in notices}
    notices = guessed("number | created | solved\n1 | 2025-03-01 | 2025-03-02").notices
    assert "all_open" not in {each.slug for each in notices}


def test_the_number_of_a_message_is_not_taken_for_its_tickets() -> None:
    text = "id | ticket id | created\n1 | 7 | 2025-03-01\n2 | 7 | 2025-03-02\n3 | 8 | 2025-03-02"
    assert [each.name for each in guessed(text).questions] == ["key"]


def test_the_rows_of_a_tickets_history_are_proposed_under_the_number_of_the_ticket() -> None:
    header = "number | opened_at | sys_mod_count | made_sla"
    text = f"{header}\nINC1 | 2016-02-29 | 0 | true\nINC1 | 2016-02-29 | 2 | true\nINC2 | 2016-02-29 | 0 | true"
    (question,) = guessed(text).questions
    assert (question.name, question.default) == ("key", "number")


def test_a_name_that_several_columns_have_is_left_out_and_said() -> None:
    text = "id | created | closed | Comment | Comment (2) | Summary\n1 | 2025-03-01 | 2025-03-02 | a | b | c"
    guess = guessed(text, ["Comment"])
    assert guess.profile is not None
    assert set(guess.profile.columns.values()) == {"Summary", "created", "closed"}
    assert [(each.slug, each.facts) for each in guess.notices] == [("repeated_left_out", {"columns": "Comment"})]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Requester | Requester mail\nBob | x", {"customer_email": "Requester", "customer_name": "Requester"}),
        ("Requester | Email\nBob | b@x.org", {"customer_email": "Email", "customer_name": "Requester"}),
        ("From | Customer Name\nb@x.org | Bob", {"customer_email": "From", "customer_name": "Customer Name"}),
        ("From\nBob <b@x.org>", {"customer_email": "From", "customer_name": "From"}),
        ("Reporter\nb@x.org", {"customer_email": "Reporter"}),
        ("Customer ID | Customer\n17 | Bob", {"customer_email": "Customer ID", "customer_name": "Customer"}),
    ],
)
def test_names_and_addresses_of_customers_are_told_apart_by_the_cells(text: str, columns: dict[str, str]) -> None:
    header, row = text.splitlines()
    profile = profile_of(f"created | {header}\n2025-03-01 | {row}")
    assert {name: column for name, column in profile.columns.items() if name.startswith("customer")} == columns


def test_a_date_is_joined_with_the_time_in_the_next_column() -> None:
    profile = profile_of("id | Created Date | Created Time\n1 | 2025-03-01 | 10:15:00\n2 | 2025-03-01 00:00:00 | 22:15")
    assert (profile.columns["created_at"], profile.times) == ("Created Date", {"created_at": "Created Time"})


@pytest.mark.parametrize(
    ("cells", "formats"),
    [("1741946400", ("unix",)), ("1741946400000", ("unix_ms",)), ("45717.4166667", ("excel",)), ("2025-03-01", ())],
)
def test_dates_in_numbers_are_recognised_and_named(cells: str, formats: tuple[str, ...]) -> None:
    assert profile_of(f"id | created_at\n1 | {cells}").formats == formats


def test_ratings_on_another_scale_are_asked_about() -> None:
    text = "id | created | CSAT\n1 | 2025-03-01 | 9\n2 | 2025-03-01 | 10\n3 | 2025-03-01 | 0"
    (question,) = guessed(text).questions
    assert (question.name, question.choices[0]) == ("rating-scale", "0-10")
    assert profile_of(text, rating_scale="0-10").rating_scale == "0-10"
    assert "customer_satisfaction_score" not in profile_of(text, rating_scale="none").columns


@pytest.mark.parametrize(
    ("name", "cell", "unit"),
    [
        ("Resolution Time (minutes)", "90", "minutes"),
        ("resolution_time_hours", "1.5", "hours"),
        ("Resolution Time", "26:15:00", "clock"),
        ("Resolution Time", "1d 2h", "clock"),
    ],
)
def test_the_unit_of_a_duration_is_told_by_its_name_or_its_cells(name: str, cell: str, unit: str) -> None:
    profile = profile_of(f"id | created | {name}\n1 | 2025-03-01 10:00 | {cell}")
    assert (profile.columns["resolution_time"], profile.units["resolution_time"]) == (name, unit)


def test_a_bare_number_of_a_duration_is_asked_about() -> None:
    text = "id | created | Resolution Time\n1 | 2025-03-01 10:00 | 90"
    assert [each.name for each in guessed(text).questions] == ["unit:resolution_time"]
    header, rows = ["id", "created", "Resolution Time"], [["1", "2025-03-01 10:00", "90"]]
    answered = guess_profile(header, rows, "desk", (), Answers({"unit:resolution_time": "minutes"}))
    assert answered.profile is not None
    assert answered.profile.units == {"resolution_time": "minutes"}


def test_deadlines_are_no_dates_of_closing() -> None:
    columns = profile_of("id | created | Due date | SLA due\n1 | 2025-03-01 | 2025-03-02 | 2025-03-03").columns
    assert columns == {"created_at": "created"}


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


@pytest.mark.parametrize(("pending", "other"), [("Pendiente", "En espera"), ("Pendente", "Em espera")])
def test_a_word_that_waits_for_either_side_is_asked_about_beside_another_word_for_pending(
    pending: str, other: str
) -> None:
    lines = f"id | created | estado\n1 | 2025-03-01 | {pending}\n2 | 2025-03-01 | {other}"
    assert [each.name for each in guessed(lines).questions] == [f"status:{other}"]
    answered = guess_profile(
        ["id", "created", "estado"],
        [["1", "2025-03-01", pending], ["2", "2025-03-01", other]],
        "desk",
        answers=Answers({f"status:{other}": "on_hold"}),
    )
    assert answered.questions == ()
    assert answered.profile is not None
    assert answered.profile.values["status"] == {other: "on_hold"}
    assert guessed(f"id | created | estado\n1 | 2025-03-01 | {other}").questions == ()


def test_zendesk_has_its_own_word_for_on_hold_in_each_language() -> None:
    zendesk = "Summation column | Id | Created at | Status | Satisfaction Score\n1 | 1 | 2025-03-01 | {} | Ofrecida"
    for word in ("On-hold", "En espera", "Em espera", "En pause", "Angehalten"):
        profile = profile_of(zendesk.format(word))
        assert word_reader(TICKET_FIELDS["status"], profile.values["status"])(word) == "on_hold"


@pytest.mark.parametrize(
    "words", ["Ofrecida Buena Mala", "Angeboten Gut Schlecht", "Proposée Bonne Mauvaise", "Oferecida Boa Ruim"]
)
def test_ratings_in_the_words_of_zendesk_are_ratings_in_each_language(words: str) -> None:
    rows = "\n".join(f"{place} | 2025-03-01 | {word}" for place, word in enumerate(words.split()))
    profile = profile_of(f"id | created | Satisfacción\n{rows}")
    read = word_reader(TICKET_FIELDS["customer_satisfaction_score"], {})
    assert profile.columns["customer_satisfaction_score"] == "Satisfacción"
    assert [read(word) for word in words.split()] == ["offered", "4", "2"]


def test_a_column_of_elapsed_times_is_a_duration_and_no_date() -> None:
    header = "id | created | Resolution time | Time spent"
    lines = f"{header}\n1 | 2025-03-01 | 26:15:00 | 2:00:00\n2 | 2025-03-01 | 72:00:00 | 1h 5m"
    columns = profile_of(lines).columns
    assert columns["resolution_time"] == "Resolution time"
    assert columns["handle_time"] == "Time spent"
    assert "resolved_at" not in columns


@pytest.mark.parametrize(
    ("column", "scale"),
    [
        ("CSAT (1-10)", "1-10"),
        ("Rating 0-10", "0-10"),
        ("Zufriedenheit (1 bis 7)", "1-7"),
        ("Satisfaction score [0–5]", "0-5"),
        ("CSAT %", "percent"),
    ],
)
def test_the_scale_of_ratings_is_read_from_the_name_of_the_column(column: str, scale: str) -> None:
    profile = profile_of(f"id | created | {column}\n1 | 2025-03-01 | 3\n2 | 2025-03-01 | 1")
    assert profile.columns["customer_satisfaction_score"] == column
    assert profile.rating_scale == scale


def test_a_name_with_other_numbers_names_no_scale() -> None:
    assert "customer_satisfaction_score" not in profile_of("id | created | CSAT 2024-25\n1 | 2025-03-01 | 3").columns


@pytest.mark.parametrize(
    "column", ["Solution date", "Date de solution", "Lösungsdatum", "Fecha de solución", "Data da solução"]
)
def test_the_day_of_the_solution_is_known_in_each_language(column: str) -> None:
    columns = profile_of(f"ID | created | {column}\n1 | 2025-03-01 | 2025-03-02").columns
    assert columns["resolved_at"] == column
    glpi = f"ID | Title | Opening date | {column} | Requester - Requester\n1 | x | 2025-03-01 | 2025-03-02 | Ann"
    assert profile_of(glpi).columns["resolved_at"] == column
