"""SLA policies are listed, set and removed on the command line, and what was decided stays decided."""

import json
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from analytics.vocabulary import EXAMPLE_TARGETS, SlaState
from etl.commands.sla_cli import app
from etl.commands.sla_words import BadDurationError, BadNameError, UnknownWordError
from etl.marts.calendars import UnknownCalendarError
from etl.marts.refresh import refresh_marts
from etl.marts.sla_changes import EndedPolicyError, NoTargetError, UnknownPolicyError
from tests.factories.desk import add_status, add_ticket, instant
from tests.integration.conftest import Database
from warehouse.metric_query import sla_policies
from warehouse.tables.desk import audit_log

ZONE = "Africa/Johannesburg"


@pytest.fixture(autouse=True)
def _desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
    monkeypatch.setenv("SUPPORT_TIME_ZONE", ZONE)


def _run(*arguments: str) -> str:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, (done.output, done.exception)
    return str(done.stdout)


def _listed() -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in json.loads(_run("list", "--json"))}


def _today() -> date:
    return datetime.now(ZoneInfo(ZONE)).date()


def _refresh(database: Database) -> bool:
    with database.engine.begin() as connection:
        return refresh_marts(connection, ZONE).is_rebuild


def test_the_shipped_policies_are_listed_as_such() -> None:
    listed = _listed()
    targets = ("first_reply_minutes", "next_reply_minutes", "resolution_minutes")
    assert {name: tuple(row[each] for each in targets) for name, row in listed.items()} == EXAMPLE_TARGETS
    assert all(row["is_as_shipped"] for row in listed.values())
    assert listed["Low"] == {
        "position": 4,
        "name": "Low",
        "priority": "low",
        "customer_type": None,
        "channel": None,
        "calendar": "Shop hours",
        "first_reply_minutes": 480,
        "next_reply_minutes": 480,
        "resolution_minutes": 2700,
        "first_reply_pauses": [],
        "next_reply_pauses": [],
        "resolution_pauses": ["pending", "on_hold"],
        "valid_from_at": None,
        "valid_until_at": None,
        "is_as_shipped": True,
    }
    text = _run("list")
    assert "45h" in text
    assert "as shipped" in text
    assert "every hour without one" in text


def test_an_example_changes_for_all_time_and_is_no_example_any_more() -> None:
    assert "Medium is changed for all time." in _run("set", "Medium", "--resolution", "2d", "--channel", "email")
    changed = _listed()["Medium"]
    assert (changed["resolution_minutes"], changed["channel"], changed["is_as_shipped"]) == (2_880, "email", False)
    assert (changed["first_reply_minutes"], changed["priority"]) == (240, "medium")
    assert len(_listed()) == 4


def test_a_new_policy_holds_from_now_on_and_takes_the_place_it_is_given() -> None:
    said = _run("set", "Schools", "--customer-type", "school", "--first-reply", "1h 30m", "--position", "1")
    assert "Schools is new from now on" in said
    assert "Its place is 1" in said
    assert "the open hours of Shop hours" in said
    assert "no ticket or customer has the type 'school' yet" in said
    listed = _listed()
    assert {name: row["position"] for name, row in listed.items()} == {
        "Schools": 1,
        "Urgent": 2,
        "High": 3,
        "Medium": 4,
        "Low": 5,
    }
    assert all(row["is_as_shipped"] for name, row in listed.items() if name != "Schools"), "only their place moved"
    schools = listed["Schools"]
    assert schools["valid_from_at"] is not None
    assert (schools["first_reply_minutes"], schools["next_reply_minutes"], schools["resolution_minutes"]) == (
        *(90, None, None),
    )


def test_a_new_policy_stands_last_and_may_hold_for_all_time_and_at_every_hour() -> None:
    said = _run("set", "Rest", "--resolution", "3d", "--calendar", "none", "--resolution-pauses", "none", "--all-time")
    assert "Its targets count every hour." in said
    rest = _listed()["Rest"]
    assert (rest["position"], rest["calendar"], rest["valid_from_at"]) == (5, None, None)
    assert rest["resolution_pauses"] == []


def test_what_was_decided_under_a_policy_of_the_desks_own_stays(database: Database) -> None:
    """The ticket took six open hours: in time for ten, too late for one."""
    _run("set", "High", "--resolution", "10h")
    with database.engine.begin() as connection:
        ticket = add_ticket(connection, instant("2026-03-04 07:00"), priority="high")
        add_status(connection, ticket, "resolved", instant("2026-03-04 13:00"))
    decided = sa.text(
        "select facts.resolution_sla, names.value from marts.fct_tickets as facts inner join marts.dimension_values"
        " as names on names.dimension = 'sla_policy' and names.id = facts.sla_policy_id"
    )

    def state() -> tuple[int, str]:
        assert _refresh(database), "a change asks for a rebuild"
        with database.engine.connect() as connection:
            assert not sla_policies(connection).are_examples
            return tuple(connection.execute(decided).one())

    assert state() == (SlaState.MET, "High")
    kept = f"High (until {_today()})"
    assert f"what was decided before stays, as '{kept}'" in _run("set", "High", "--resolution", "1h")
    assert state() == (SlaState.MET, kept)
    assert _listed()[kept]["valid_until_at"] == _listed()["High"]["valid_from_at"]
    _run("set", kept, "--resolution", "1h", "--all-time")
    assert state() == (SlaState.MISSED, kept)
    _run("remove", kept, "--all-time")
    _run("set", "High", "--resolution", "20h", "--all-time")
    assert _listed()["High"]["resolution_minutes"] == 1_200


def test_two_changes_of_one_day_keep_two_former_policies() -> None:
    _run("set", "Low", "--resolution", "10h", "--from-now")
    _run("set", "Low", "--resolution", "11h")
    _run("set", "Low", "--resolution", "12h", "--position", "1")
    kept = f"Low (until {_today()}"
    listed = _listed()
    resolutions = {name: listed[name]["resolution_minutes"] for name in listed if name.startswith("Low")}
    assert resolutions == {f"{kept})": 2_700, f"{kept}, 2)": 600, f"{kept}, 3)": 660, "Low": 720}
    assert [name for name in listed if not name.startswith("Low (")] == ["Low", "Urgent", "High", "Medium"]


def test_a_policy_for_all_time_takes_the_place_of_its_former_ones() -> None:
    _run("set", "Low", "--resolution", "10h", "--from-now")
    _run("set", "Low", "--resolution", "11h")
    _run("set", "Lower", "--resolution", "12h")
    _run("set", "Lower", "--resolution", "13h")
    assert len(_listed()) == 8
    assert "Low is changed for all time." in _run("set", "Low", "--resolution", "11h", "--all-time")
    assert set(_listed()) == {*EXAMPLE_TARGETS, "Lower", f"Lower (until {_today()})"}
    assert _listed()["Low"]["valid_from_at"] is None
    assert "Low is like that already." in _run("set", "Low", "--resolution", "11h", "--all-time")
    _run("remove", "Lower", "--all-time")
    assert set(_listed()) == set(EXAMPLE_TARGETS)


def test_nothing_is_kept_where_nothing_changes(database: Database) -> None:
    _run("set", "Low", "--resolution", "10h")
    assert "Low is like that already." in _run("set", "Low", "--resolution", "10h", "--priority", "low")
    assert len(_listed()) == 4
    with database.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(audit_log)) == 1


def test_a_policy_of_the_desks_own_is_over_when_it_is_removed_and_an_example_goes() -> None:
    assert "Urgent is removed for all time." in _run("remove", "Urgent")
    _run("set", "High", "--resolution", "10h")
    kept = f"High (until {_today()})"
    assert f"as '{kept}'" in _run("remove", "High")
    assert set(_listed()) == {"Medium", "Low", kept}
    assert _listed()[kept]["valid_until_at"] is not None
    _run("set", "High", "--priority", "high", "--resolution", "4h")
    assert {"High", kept} <= set(_listed())


def test_changes_are_in_the_audit_log(database: Database) -> None:
    _run("set", "High", "--resolution", "10h", "--calendar", "none")
    _run("remove", "High", "--all-time")
    with database.engine.connect() as connection:
        logged = connection.execute(sa.select(audit_log).order_by(audit_log.c.id)).all()
    assert [(row.action, row.target) for row in logged] == [("set_sla_policy", "High"), ("remove_sla_policy", "High")]
    assert logged[0].details == {"resolution_minutes": 600, "calendar": None, "all_time": True, "kept_as": None}


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("set", "Medum", "--priority", "medium"), NoTargetError),
        (("set", " ", "--resolution", "2h"), BadNameError),
        (("set", "High", "--resolution", "2 weeks"), BadDurationError),
        (("set", "High", "--priority", "higher"), UnknownWordError),
        (("set", "High", "--channel", "pigeon"), UnknownWordError),
        (("set", "High", "--resolution-pauses", "asleep"), UnknownWordError),
        (("set", "High", "--calendar", "Nobody's"), UnknownCalendarError),
        (("set", "High", "--customer-type", "x" * 51), BadNameError),
        (("remove", "Medum"), UnknownPolicyError),
    ],
)
def test_what_cannot_be_used_is_said(arguments: tuple[str, ...], error: type[Exception]) -> None:
    assert isinstance(CliRunner().invoke(app, arguments).exception, error)
    assert all(row["is_as_shipped"] for row in _listed().values())


def test_a_policy_that_is_over_only_changes_for_all_time() -> None:
    _run("remove", "High", "--from-now")
    kept = f"High (until {_today()})"
    for arguments in (("set", kept, "--resolution", "1h"), ("remove", kept)):
        assert isinstance(CliRunner().invoke(app, arguments).exception, EndedPolicyError)
