"""The block that tries another promise; it shows what the reader himself has asked, so nothing of it is remembered."""

from datetime import date
from typing import Any, Final

from flask_wtf.csrf import generate_csrf

from analytics.errors import SupportAnalyticsError
from portal.auth.manager import asking_manager, is_manager
from portal.frame.page import Asked, Drawn
from portal.frame.services import PortalServices
from portal.numbers import phrasing
from portal.numbers.parameters import parameters
from portal.topics.sla.replay_cards import replay_block
from portal.topics.sla.replay_commands import asked_work, present_policies
from portal.topics.sla.replay_dataset import Told
from portal.topics.sla.replay_routes import read_number

_WORDS: Final = {
    "first_reply_minutes": "first reply within {time}",
    "next_reply_minutes": "next reply within {time}",
    "resolution_minutes": "solved within {time}",
}
_CLOCKS: Final = {"open_hours": "the desk’s open hours count", "every_hour": "every hour counts"}


def draw_replay(services: PortalServices, asked: Asked) -> Drawn:
    """Draw the card."""
    if not is_manager():
        return (replay_block((), None, None),)
    with services.editor.connect() as connection:
        policies = present_policies(connection)
    number = read_number(parameters(asked.search).get("work", ""))
    told = None if number is None else _told(services, number)
    return (replay_block(policies, told, generate_csrf()),)


def _told(services: PortalServices, number: int) -> Told | None:
    try:
        work = asked_work(services.editor, asking_manager(), number)
    except SupportAnalyticsError:
        return None
    head = (work.id, work.state, work.kind == "save_sla", str(work.parameters.get("policy", "")))
    changes = _changes(work.parameters)
    result = work.result
    if work.state != "done" or work.kind != "replay_sla":
        return Told(*head, changes)
    return Told(
        *head,
        changes,
        date.fromisoformat(result["first"]),
        tuple(result["before"]),
        tuple(result["after"]),
        tuple((date.fromisoformat(week), *counts) for week, *counts in result["weeks"]),
        result["changed"],
        result["to_met"],
        result["to_missed"],
        tuple(tuple(row) for row in result["tickets"]),
    )


def _changes(tried: Any) -> tuple[str, ...]:  # noqa: ANN401 - what was queued, as JSON
    given = tried.get("given", {})
    words = [
        sentence.format(time=phrasing.duration(given[column])) for column, sentence in _WORDS.items() if column in given
    ]
    if given.get("channel"):
        words.insert(0, f"for {given['channel']}")
    if "resolution_pauses" in given:
        words.append("waiting stops the clock" if given["resolution_pauses"] else "waiting counts")
    clock = _CLOCKS.get(tried.get("clock") or "")
    return (*words, clock) if clock else tuple(words)
