"""A ticket's page says what was promised, when it is due, how long its clock ran and stood still, and what moved it."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from analytics.vocabulary import SlaState
from etl.marts.rebuild import rebuild_marts
from portal.topics.tickets.detail_dataset import SlaTarget, TicketDetail
from portal.topics.tickets.detail_query import ticket_detail
from portal.topics.tickets.sla_lines import sla_lines
from tests.factories.desk import instant
from tests.factories.situations import LONDON, Situations
from tests.integration.conftest import DeskTemplates
from tests.unit.portal.topics.test_cards import words
from warehouse.engine import DatabaseRole
from warehouse.tables.desk import business_exceptions
from warehouse.tables.tickets import support_tickets

_WEEKEND = (("pending", "2025-02-21 15:00"), ("open", "2025-02-24 10:00"))
_NOW = instant("2025-03-01 00:00")


def _fill(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        desk = Situations.begin(connection)
        for name in ("solved", "running", "still", "needs no answer"):
            desk.policy(name, first_reply_minutes=60, next_reply_minutes=60, resolution_minutes=480)
        desk.walk(desk.ticket("solved", "2025-02-21 12:00"), *_WEEKEND, ("resolved", "2025-02-24 14:00"))
        desk.walk(desk.ticket("running", "2025-02-21 12:00"), *_WEEKEND)
        desk.walk(desk.ticket("still", "2025-02-21 12:00"), *_WEEKEND[:1])
        since = desk.ticket("open since", "2025-02-21 12:00")
        desk.policy("open since", resolution_minutes=480)
        desk.walk(since, *_WEEKEND[:1])
        desk.calendar("a minute a week", ((0, 540, 541),))
        desk.policy("too few hours", "a minute a week", resolution_minutes=1_000_000)
        desk.ticket("too few hours", "2025-02-21 12:00")
        quiet = desk.ticket("needs no answer", "2025-02-21 12:00", needs_no_answer=True)
        desk.talk(quiet, (None, "2025-02-21 12:00"))
        desk.walk(quiet, ("closed", "2025-02-21 12:01"))
        number = desk.calendar("holidays", tuple((weekday, 540, 1260) for weekday in range(7)))
        days = [{"calendar_id": number, "on_date": f"2016-11-{day}", "name": "Independence"} for day in (11, 13, 16)]
        connection.execute(business_exceptions.insert(), days)
        desk.policy("moved", "holidays", first_reply_minutes=48 * 60)
        desk.ticket("moved", "2016-11-09 23:00")
        rebuild_marts(connection, LONDON)
        connection.execute(support_tickets.update().where(support_tickets.c.id == since).values(status="open"))


@pytest.fixture(scope="module")
def reader(desk_templates: DeskTemplates) -> Iterator[sa.Connection]:
    """The desk, read in the role that pages read with."""
    with desk_templates.clone(_fill) as database:
        engine = database.engine_as(DatabaseRole.PORTAL_READER)
        with engine.connect() as connection:
            yield connection
        engine.dispose()


@pytest.fixture
def detail(reader: sa.Connection) -> Callable[[str], TicketDetail]:
    """Returns the ticket with a name."""

    def read(name: str) -> TicketDetail:
        named = sa.text("select ticket_id from marts.ticket_texts where subject = :name")
        found = ticket_detail(reader, reader.execute(named, {"name": name}).scalar_one(), is_whole=False)
        assert found is not None
        return found

    return read


def _target(detail: TicketDetail, name: str) -> SlaTarget:
    return next(target for target in detail.targets if target.name == name)


def test_a_target_that_is_done_tells_due_worked_and_paused(detail: Callable[[str], TicketDetail]) -> None:
    """glpi-project/glpi#10594: due Mon 15:00, worked seven hours, paused three."""
    target = _target(detail("solved"), "Resolution")
    assert (target.state, target.due_at) == (SlaState.MET, instant("2025-02-24 15:00"))
    assert (target.worked_minutes, target.paused_minutes) == (420, 180)
    said = words(sla_lines(detail("solved"), _NOW))
    assert "Policy: solved" in said
    assert "due 24 Feb 2025 15:00, worked 7.0 h, paused 3.0 h" in said
    assert "example" not in said


def test_a_running_target_is_due_and_one_whose_clock_stands_still_is_not(
    detail: Callable[[str], TicketDetail],
) -> None:
    assert "was due 24 Feb 2025 15:00" in words(sla_lines(detail("running"), _NOW))
    assert "Due 24 Feb 2025 15:00" in words(sla_lines(detail("running"), instant("2025-02-24 12:00")))
    assert "The clock stands still" in words(sla_lines(detail("still"), _NOW))


def test_a_running_target_without_enough_open_hours_is_not_called_paused(
    detail: Callable[[str], TicketDetail],
) -> None:
    said = words(sla_lines(detail("too few hours"), _NOW))
    assert "No due time: the calendar of the policy has too few open hours" in said
    assert "stands still" not in said


def test_a_clock_that_stands_still_is_called_so_whatever_the_ticket_says_by_now(
    detail: Callable[[str], TicketDetail],
) -> None:
    """Its status is open again, and the next refresh has not been."""
    assert "The clock stands still" in words(sla_lines(detail("open since"), _NOW))


def test_days_that_moved_a_due_time_are_named(detail: Callable[[str], TicketDetail]) -> None:
    """zammad/zammad#390: the two holidays before the due time, not the one after it."""
    target = _target(detail("moved"), "First reply")
    assert target.due_at == instant("2016-11-15 21:00")
    assert [day.on_date.day for day in target.moved_by] == [11, 13]
    assert "Moved by Independence (11 Nov 2016) and Independence (13 Nov 2016)" in words(
        sla_lines(detail("moved"), _NOW)
    )
    assert _target(detail("solved"), "Resolution").moved_by == ()


def test_a_ticket_that_needs_no_answer_says_so(detail: Callable[[str], TicketDetail]) -> None:
    found = detail("needs no answer")
    assert _target(found, "First reply").state is None
    assert "No answer needed" in words(sla_lines(found, _NOW))
