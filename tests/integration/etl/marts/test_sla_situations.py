"""Situations from public trackers with their worked answers: clocks that pause, and targets without an answer.

Unless said otherwise the desk is open Monday to Friday from 09:00 to 17:00 in London.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from analytics.vocabulary import EventKind, SlaState
from etl.marts.rebuild import rebuild_marts
from tests.factories.desk import add_field_change, add_message, add_status, instant
from tests.factories.situations import LONDON, Situations
from tests.integration.conftest import DeskTemplates
from warehouse.tables.marts import fct_ticket_events, fct_tickets

_SUBJECTS = "select subject, ticket_id from marts.ticket_texts"


def _fill(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        desk = Situations.begin(connection)
        for add in (
            _add_holds,
            _add_weekend,
            _add_changes,
            _add_running,
            _add_unanswered,
            _add_closings,
            _add_machines,
        ):
            add(desk)
        rebuild_marts(connection, LONDON)


@pytest.fixture(scope="module")
def desk(desk_templates: DeskTemplates) -> Iterator[sa.Connection]:
    """The desk with every situation, read only."""
    with desk_templates.clone(_fill) as database, database.engine.connect() as connection:
        yield connection


@pytest.fixture
def fact(desk: sa.Connection) -> Callable[[str], Any]:
    """Returns the facts of the ticket with a name."""

    def read(name: str) -> Any:
        number = desk.execute(sa.text(f"{_SUBJECTS} where subject = :name"), {"name": name}).one().ticket_id
        return desk.execute(sa.select(fct_tickets).where(fct_tickets.c.ticket_id == number)).one()

    return read


@pytest.fixture
def next_replies(desk: sa.Connection, fact: Callable[[str], Any]) -> Callable[[str], list[Any]]:
    """Returns the next replies of the ticket with a name, those that never came included."""

    def read(name: str) -> list[Any]:
        events = fct_ticket_events.c
        kinds = events.kind.in_((EventKind.NEXT_REPLY, EventKind.NEXT_REPLY_ENDED))
        rows = sa.select(fct_ticket_events).where(events.ticket_id == fact(name).ticket_id, kinds)
        return list(desk.execute(rows.order_by(events.place)))

    return read


def _minutes(microseconds: int) -> float:
    return microseconds / 60_000_000


HOLDS = ("pausing hold", "counting hold")


def _add_holds(desk: Situations) -> None:
    """Wed 10:00, on hold from 11:00 to 12:00, solved at 13:00; the clock runs day and night."""
    for name, pauses in zip(HOLDS, (["on_hold"], []), strict=True):
        desk.policy(name, None, resolution_minutes=150, resolution_pauses=pauses)
        ticket = desk.ticket(name, "2026-03-04 10:00")
        desk.walk(
            ticket,
            ("open", "2026-03-04 10:00"),
            ("on_hold", "2026-03-04 11:00"),
            ("open", "2026-03-04 12:00"),
            ("resolved", "2026-03-04 13:00"),
        )


def test_time_on_hold_counts_or_not_as_the_policy_says(fact: Callable[[str], Any]) -> None:
    """frappe/erpnext#16729: resolution 180, on hold 60, net 120 minutes."""
    for name in HOLDS:
        row = fact(name)
        assert (row.resolution_seconds, row.on_hold_seconds, row.net_resolution_seconds) == (10_800, 3_600, 7_200)
    assert fact("pausing hold").resolution_sla == SlaState.MET
    assert _minutes(fact("pausing hold").resolution_paused_us) == 60
    assert fact("counting hold").resolution_sla == SlaState.MISSED
    assert fact("counting hold").resolution_paused_us == 0


WEEKEND = (("pending", "2025-02-21 15:00"), ("open", "2025-02-24 10:00"))


def _add_weekend(desk: Situations) -> None:
    """Created Fri 12:00, pending from 15:00 to Mon 10:00, solved Mon 14:00; eight business hours."""
    for name, pauses in (("pausing weekend", ["pending"]), ("counting weekend", [])):
        desk.policy(name, resolution_minutes=480, resolution_pauses=pauses)
        ticket = desk.ticket(name, "2025-02-21 12:00")
        desk.walk(ticket, *WEEKEND, ("resolved", "2025-02-24 14:00"))
    for name, solved in (("in time", "15:00"), ("late", "15:01")):
        desk.policy(name, resolution_minutes=480)
        ticket = desk.ticket(name, "2025-02-21 12:00")
        desk.walk(ticket, *WEEKEND, ("resolved", f"2025-02-24 {solved}"))


def test_a_pause_over_a_weekend_moves_the_due_time_by_its_business_hours(
    desk: sa.Connection, fact: Callable[[str], Any]
) -> None:
    """glpi-project/glpi#10594: paused three business hours and not 67, due Mon 15:00, worked seven hours."""
    row = fact("pausing weekend")
    assert row.resolution_sla == SlaState.MET
    assert _minutes(row.resolution_paused_us) == 180
    assert row.resolution_business_seconds - row.resolution_paused_us // 1_000_000 == 7 * 3_600
    due = sa.text("select marts.due_after(id, :at, :us) from support.business_calendars where name = 'London'")
    wanted = {"at": row.created_at, "us": 8 * 3_600_000_000 + row.resolution_paused_us}
    assert desk.execute(due, wanted).scalar_one() == instant("2025-02-24 15:00")
    assert fact("counting weekend").resolution_sla == SlaState.MISSED
    assert (fact("in time").resolution_sla, fact("late").resolution_sla) == (SlaState.MET, SlaState.MISSED)


def _add_changes(desk: Situations) -> None:
    """As the weekend, but at Mon 10:30 the priority rises to a policy of four hours."""
    for name, solved in (("raised in time", "11:00"), ("raised late", "11:01")):
        desk.policy(name, resolution_minutes=480)
        urgent: dict[str, Any] = {
            "customer_type": name,
            "priority": "urgent",
            "position": -1,
            "resolution_minutes": 240,
        }
        desk.policy(f"{name}, urgent", **urgent)
        ticket = desk.ticket(name, "2025-02-21 12:00", priority="urgent")
        desk.walk(ticket, *WEEKEND, ("resolved", f"2025-02-24 {solved}"))
        add_field_change(desk.connection, ticket, "priority", ("medium", "urgent"), instant("2025-02-24 10:30"))
    # The policy that paused ends on Monday at 08:00; the one after it counts every minute.
    change = instant("2025-02-24 08:00")
    desk.policy("ending", resolution_minutes=480, valid_until_at=change)
    after: dict[str, Any] = {"customer_type": "ending", "valid_from_at": change, "resolution_pauses": []}
    desk.policy("after it", resolution_minutes=480, **after)
    ticket = desk.ticket("ending", "2025-02-21 12:00")
    desk.walk(ticket, *WEEKEND, ("resolved", "2025-02-24 14:00"))


def test_a_policy_that_changes_on_the_way_keeps_what_was_paused(fact: Callable[[str], Any]) -> None:
    """glpi-project/glpi#15605: the three hours stay paused, so it is due Mon 11:00; the policy of the end decides."""
    assert fact("raised in time").resolution_sla == SlaState.MET
    assert fact("raised late").resolution_sla == SlaState.MISSED
    assert _minutes(fact("raised late").resolution_paused_us) == 180
    # Fri 15:00 to 17:00 was paused under the first policy; Mon 09:00 to 10:00 was not, under the second.
    assert _minutes(fact("ending").resolution_paused_us) == 120
    assert fact("ending").resolution_sla == SlaState.MET


def _add_running(desk: Situations) -> None:
    desk.policy("running", resolution_minutes=480)
    desk.walk(desk.ticket("running", "2025-02-21 12:00"), *WEEKEND)
    desk.policy("standing still", resolution_minutes=480)
    desk.walk(desk.ticket("standing still", "2025-02-21 12:00"), *WEEKEND[:1])
    desk.policy("overdue, then still", resolution_minutes=120)
    desk.walk(desk.ticket("overdue, then still", "2025-02-21 12:00"), *WEEKEND[:1])
    desk.policy("overdue, then a pause", resolution_minutes=120)
    desk.walk(desk.ticket("overdue, then a pause", "2025-02-21 12:00"), *WEEKEND)


def test_a_running_target_is_due_after_its_pauses_and_not_due_while_its_clock_stands_still(
    fact: Callable[[str], Any],
) -> None:
    """A pause that began after the target had fallen due moves nothing."""
    assert fact("running").resolution_due_at == instant("2025-02-24 15:00")
    assert fact("standing still").resolution_sla == SlaState.RUNNING
    assert fact("standing still").resolution_due_at is None
    assert fact("overdue, then still").resolution_due_at == instant("2025-02-21 14:00")
    assert fact("overdue, then a pause").resolution_due_at == instant("2025-02-21 14:00")


def _add_unanswered(desk: Situations) -> None:
    """Silence until the ticket is solved."""
    targets: dict[str, Any] = {"first_reply_minutes": 240, "next_reply_minutes": 120}
    for name in ("still broken", "never answered", "closed at once", "no answer needed", "no messages"):
        desk.policy(name, **targets)
    broken = desk.ticket("still broken", "2026-03-02 09:00")
    desk.talk(broken, (None, "2026-03-02 09:00"), ("Lerato", "2026-03-02 09:30"), (None, "2026-03-02 10:00"))
    desk.walk(broken, ("resolved", "2026-03-06 16:00"))
    never = desk.ticket("never answered", "2026-03-02 09:00")
    desk.talk(never, (None, "2026-03-02 09:00"))
    add_status(desk.connection, never, "closed", instant("2026-03-07 09:00"), is_automatic=True)
    for name, needs_no_answer in (("closed at once", False), ("no answer needed", True)):
        ticket = desk.ticket(name, "2026-03-02 09:00", needs_no_answer=needs_no_answer)
        desk.talk(ticket, (None, "2026-03-02 09:00"))
        desk.walk(ticket, ("closed", "2026-03-02 09:01"))
    desk.walk(desk.ticket("no messages", "2026-03-02 09:00"), ("closed", "2026-03-02 09:01"))


def test_solving_without_an_answer_misses_what_was_promised(
    fact: Callable[[str], Any], next_replies: Callable[[str], list[Any]]
) -> None:
    """fivetran/dbt_zendesk PR #136: a next reply after 38 business hours, and a first reply that never came."""
    (ended,) = next_replies("still broken")
    assert (ended.kind, ended.sla) == (EventKind.NEXT_REPLY_ENDED, SlaState.MISSED)
    assert ended.happened_at == instant("2026-03-06 16:00")
    assert (ended.seconds, ended.business_seconds) == (None, None)
    assert fact("still broken").first_reply_sla == SlaState.MET
    for name in ("never answered", "closed at once", "no messages"):
        assert fact(name).first_reply_sla == SlaState.MISSED, name
        assert fact(name).first_reply_seconds is None


def test_what_needs_no_answer_has_no_reply_targets(fact: Callable[[str], Any]) -> None:
    assert fact("no answer needed").first_reply_sla is None
    assert fact("no answer needed").sla_ended_date is None


def _add_closings(desk: Situations) -> None:
    """Answered at 09:30; the customer's "thanks" follows at 10:00."""
    names = ("thanks", "reply after the solve", "thanks, then a new question", "due when solved", "still waiting")
    for name in names:
        desk.policy(name, next_reply_minutes=120)
    for name in names:
        ticket = desk.ticket(name, "2026-03-02 09:00")
        desk.talk(ticket, (None, "2026-03-02 09:00"), ("Lerato", "2026-03-02 09:30"), (None, "2026-03-02 10:00"))
        if name == "due when solved":
            desk.walk(ticket, ("resolved", "2026-03-02 12:00"))
        elif name != "still waiting":
            desk.walk(ticket, ("resolved", "2026-03-02 10:01"))
        if name == "reply after the solve":
            desk.talk(ticket, ("Lerato", "2026-03-02 10:02"))
        if name == "thanks, then a new question":
            desk.walk(ticket, ("open", "2026-03-04 10:00"), ("resolved", "2026-03-04 12:00"))
            desk.talk(ticket, (None, "2026-03-04 10:00"), ("Lerato", "2026-03-04 10:10"))


def test_closing_thanks_are_no_miss(fact: Callable[[str], Any], next_replies: Callable[[str], list[Any]]) -> None:
    """A solution before the due time ends the target unanswered; what is written after it is another target."""
    assert [row.sla for row in next_replies("thanks")] == [SlaState.ENDED_UNANSWERED]
    assert [row.sla for row in next_replies("due when solved")] == [SlaState.ENDED_UNANSWERED]
    (answered,) = next_replies("reply after the solve")
    assert (answered.kind, answered.sla, answered.seconds) == (EventKind.NEXT_REPLY, SlaState.MET, 120)
    first, second = next_replies("thanks, then a new question")
    assert (first.kind, first.sla) == (EventKind.NEXT_REPLY_ENDED, SlaState.ENDED_UNANSWERED)
    assert (second.kind, second.sla, second.seconds) == (EventKind.NEXT_REPLY, SlaState.MET, 600)
    assert next_replies("still waiting") == []
    assert fact("still waiting").next_reply_due_at == instant("2026-03-02 12:00")
    assert fact("thanks").waiting_since_at is None


def _add_machines(desk: Situations) -> None:
    """An out-of-office reply comes five seconds after the agent's answer."""
    desk.policy("out of office", next_reply_minutes=60)
    ticket = desk.ticket("out of office", "2026-03-02 10:00")
    desk.talk(ticket, (None, "2026-03-02 10:00"), ("Lerato", "2026-03-02 10:10"), ("Lerato", "2026-03-03 15:00"))
    add_message(desk.connection, ticket, instant("2026-03-02 10:10") + timedelta(seconds=5), is_automatic=True)


def test_an_out_of_office_reply_starts_no_clock_and_is_no_contact(
    fact: Callable[[str], Any], next_replies: Callable[[str], list[Any]]
) -> None:
    """freescout-help-desk/freescout#688: no next reply."""
    row = fact("out of office")
    assert next_replies("out of office") == []
    assert (row.contact_count, row.waiting_since_at, row.next_reply_sla) == (3, None, None)


def test_a_ticket_is_judged_once_by_all_its_targets(fact: Callable[[str], Any]) -> None:
    """On the day its last target ended."""
    row = fact("still broken")
    assert (row.sla_met_count, row.sla_missed_count, row.sla_ended_date) == (1, 1, date(2026, 3, 6))
