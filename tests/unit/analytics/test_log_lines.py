"""One event is one line, for programs and for people, and quotes nobody."""

import json
import logging
import sys
from datetime import datetime

import pytest

from analytics.errors import SettingsError
from analytics.log_lines import JsonLines, TextLines, failure_fields, logging_config

SECRET = "what thandi@example.co.za wrote"


def record(*, error: BaseException | None = None, **fields: object) -> logging.LogRecord:
    """Return a record of a job that ended."""
    caught = None if error is None else (type(error), error, error.__traceback__)
    made = logging.LogRecord("etl.running", logging.WARNING, __file__, 1, "job %s", ("ended",), caught)
    made.fields = fields
    return made


def raised() -> BaseException:
    """Return an error that quotes a customer, as it was raised."""
    with pytest.raises(KeyError) as caught:
        {"": 0}[SECRET]
    return caught.value


def test_a_line_for_programs_has_the_same_four_names_and_the_fields() -> None:
    """The time is in UTC and says so."""
    line = json.loads(JsonLines().format(record(job="refresh_marts", row_count=3)))
    assert list(line) == ["at", "level", "message", "logger", "job", "row_count"]
    assert (line["level"], line["message"], line["row_count"]) == ("warning", "job ended", 3)
    offset = datetime.fromisoformat(line["at"]).utcoffset()
    assert offset is not None
    assert not offset


def test_a_line_for_people_has_its_time_and_zone_first() -> None:
    """And the fields as name=value."""
    line = TextLines().format(record(job="refresh_marts"))
    at, _, rest = line.partition("  ")
    assert datetime.fromisoformat(at).tzinfo is not None
    assert rest.split() == ["warning", "job", "ended", "job=refresh_marts"]


@pytest.mark.parametrize("formatter", [JsonLines(), TextLines()], ids=["JSON", "text"])
def test_an_exception_is_one_line_without_its_message(formatter: logging.Formatter) -> None:
    """Its class and where it arose are enough to find it."""
    line = formatter.format(record(error=raised()))
    assert "\n" not in line
    assert "KeyError" in line
    assert "test_log_lines.py" in line
    assert SECRET not in line


def test_where_an_error_arose_is_file_line_and_function() -> None:
    """As somebody who looks for it needs it."""
    where = str(failure_fields(raised())["where"])
    assert where.startswith(f"['{__file__}:")
    assert where.endswith(" raised']")
    assert failure_fields(SettingsError("x"))["error"] == "SettingsError"


@pytest.mark.parametrize(("is_terminal", "formatter"), [(True, TextLines), (False, JsonLines)])
def test_a_person_gets_text_and_a_program_json(
    monkeypatch: pytest.MonkeyPatch, *, is_terminal: bool, formatter: type
) -> None:
    """The same events in both."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
    config = logging_config({"etl": "info"})
    assert config["formatters"]["lines"] == {"()": formatter}
    assert config["loggers"]["etl"] == {"level": "INFO"}
