"""The forms that try another promise and save it: managers only, checked, audited, and exactly what was replayed."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import httpx2
import pytest
import sqlalchemy as sa

from etl.background.running import worker
from etl.marts.refresh import refresh_marts
from tests.factories.desk import add_random_desk, instant
from tests.integration.conftest import Database
from tests.integration.portal.conftest import Browser
from tests.integration.portal.readers import LONG_WORD, token_of
from warehouse.engine import DatabaseRole
from warehouse.tables.desk import audit_log, sla_policies
from warehouse.tables.ops import work

ZONE = "Africa/Johannesburg"
CHAT = {"policy": "+", "name": " Chat  promise ", "channel": "chat", "first_reply": "2"}


def send(browser: Browser, path: str, fields: dict[str, str]) -> httpx2.Response:
    """Send a form with the token of the session."""
    layout = browser.get("/_dash-layout").text
    token = next(word for word in LONG_WORD.findall(layout) if token_of(word))
    return browser.client.post(path, data=fields | {"csrf_token": token})


@pytest.fixture
def worked(database: Database, tmp_path: Path) -> Iterator[Database]:
    """A desk of recent tickets whose queued work is done as `etl watch` does it."""
    with database.engine.begin() as connection:
        begin = datetime.now(UTC).replace(microsecond=0)
        add_random_desk(connection, Random(8), 120, instant(f"{begin:%Y-%m}-01 00:00"), 25)
        refresh_marts(connection, ZONE)
    engine, stop = database.engine_as(DatabaseRole.ETL_WRITER), threading.Event()
    queued = worker(engine, str(tmp_path / "artefacts"), lambda: ZoneInfo(ZONE), stop.is_set)
    thread = threading.Thread(target=queued.run_until_stopped, args=(stop.is_set,))
    thread.start()
    yield database
    stop.set()
    thread.join()
    engine.dispose()


def asked(database: Database, answer: httpx2.Response) -> sa.RowMapping:
    """Return the work that an answer leads to."""
    assert answer.status_code == 303, answer.text
    (number,) = parse_qs(urlsplit(answer.headers["location"]).query)["work"]
    with database.engine.connect() as connection:
        return connection.execute(sa.select(work).where(work.c.id == int(number))).mappings().one()


def policy(database: Database, name: str) -> Any:
    """Return a policy; None where there is none."""
    with database.engine.connect() as connection:
        return connection.execute(sa.select(sla_policies).where(sla_policies.c.name == name)).one_or_none()


def test_what_was_replayed_is_saved_exactly_and_written_down(real_pages: Browser, worked: Database) -> None:
    """The replay keeps nothing; saving keeps the policy from now on, and the next refresh rebuilds."""
    real_pages.log_in()
    replayed = asked(worked, send(real_pages, "/sla/replay", CHAT))
    assert replayed["state"] == "done", replayed
    assert {"before", "after", "changed", "weeks", "tickets"} <= replayed["result"].keys()
    assert policy(worked, "Chat promise") is None
    saved = asked(worked, send(real_pages, "/sla/save", {"work": str(replayed["id"]), "from": "all_time"}))
    assert (saved["state"], saved["asked_by"]) == ("done", "thandi")
    kept = policy(worked, "Chat promise")
    assert (kept.channel, kept.first_reply_minutes, kept.resolution_minutes, kept.position) == ("chat", 120, None, 1)
    with worked.engine.connect() as connection:
        said = connection.execute(sa.select(audit_log).where(audit_log.c.action == "set_sla_policy")).one()
        assert (said.actor, said.target) == ("thandi", "Chat promise")
        assert connection.execute(sa.text("select count(*) from ops.rebuild_requests")).scalar_one() > 0


def test_a_change_from_now_on_keeps_the_former_policy_for_what_was_judged(
    real_pages: Browser, worked: Database
) -> None:
    real_pages.log_in()
    replayed = asked(worked, send(real_pages, "/sla/replay", {"policy": "Urgent", "resolution": "1.5", "pauses": "no"}))
    assert replayed["parameters"] == {
        "policy": "Urgent",
        "given": {"resolution_minutes": 90, "resolution_pauses": []},
        "clock": None,
    }
    saved = asked(worked, send(real_pages, "/sla/save", {"work": str(replayed["id"]), "from": "from_now"}))
    assert policy(worked, saved["result"]["kept_as"]).resolution_minutes == 240
    assert policy(worked, "Urgent").resolution_minutes == 90


@pytest.mark.parametrize("path", ["/sla/replay", "/sla/save"])
def test_a_viewer_changes_nothing(real_pages: Browser, database: Database, path: str) -> None:
    real_pages.log_in("sipho")
    assert send(real_pages, path, CHAT | {"work": "1"}).status_code == 403
    with database.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(work)).scalar_one() == 0


def test_a_form_without_the_token_is_refused(real_pages: Browser) -> None:
    real_pages.log_in()
    assert real_pages.client.post("/sla/replay", data=CHAT).status_code == 400


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": " "}, "A new policy needs a name of its own"),
        ({"name": "Urgent"}, "A new policy needs a name of its own"),
        ({"first_reply": ""}, "A new policy has to promise something"),
        ({"first_reply": "nan"}, "A time is a number of hours"),
        ({"first_reply": "1e9"}, "A time is a number of hours"),
        ({"first_reply": "inf"}, "A time is a number of hours"),
        ({"first_reply": "-1"}, "A time is a number of hours"),
        ({"channel": "pigeon"}, "There is no such channel."),
        ({"policy": "Nobody's"}, "There is no such policy any more."),
        ({"policy": "Urgent", "first_reply": ""}, "Nothing would change"),
    ],
)
def test_what_cannot_be_tried_is_told_on_a_page(
    real_pages: Browser, database: Database, changed: dict[str, str], sentence: str
) -> None:
    """What is wrong, and the way back; nothing is queued."""
    real_pages.log_in()
    answer = send(real_pages, "/sla/replay", CHAT | changed)
    assert answer.status_code == 400
    assert sentence in answer.text
    with database.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(work)).scalar_one() == 0


@pytest.mark.parametrize("number", ["", "x", "1", "9" * 30])
def test_only_a_replay_of_ones_own_can_be_saved(real_pages: Browser, database: Database, number: str) -> None:
    real_pages.log_in()
    assert send(real_pages, "/sla/save", {"work": number}).status_code == 400
    assert policy(database, "Chat promise") is None
