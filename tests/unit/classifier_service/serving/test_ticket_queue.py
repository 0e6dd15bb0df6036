"""Single tickets that wait at the same time."""

import asyncio
from collections.abc import Sequence

import pytest

from classifier_service.classification import Classification, Ticket
from classifier_service.errors import NothingPublishedError
from classifier_service.serving import ticket_queue
from classifier_service.serving.classifier_holder import ClassifierHolder
from classifier_service.serving.ticket_queue import TicketQueue
from tests.fakes.classifier import FakeSource


async def classified(holder: ClassifierHolder, tickets: Sequence[Ticket]) -> list[Classification | BaseException]:
    """Ask for all of them at once."""
    queue = TicketQueue(holder)
    return await asyncio.gather(*(queue.classify(ticket) for ticket in tickets), return_exceptions=True)


def ask(source: FakeSource, *texts: str) -> tuple[list[str | type[BaseException]], list[int]]:
    """Return the answers' categories or errors, and the sizes of the groups they were worked on in."""
    holder = ClassifierHolder(source)
    holder.refresh()
    before = len(source.opened["m1"].seen)
    found = asyncio.run(classified(holder, [Ticket("", text) for text in texts]))
    answers = [type(each) if isinstance(each, BaseException) else each.category.category for each in found]
    return answers, source.opened["m1"].seen[before:]


def test_tickets_that_wait_are_classified_together() -> None:
    """Each caller gets its own answer."""
    texts = [f"b{number}" for number in range(20)]
    assert ask(FakeSource(), *texts) == (texts, [20])


async def classified_one_by_one(holder: ClassifierHolder, texts: Sequence[str], turns: int) -> None:
    """Ask for one after the other, so many turns of the event loop apart, without waiting for answers."""
    queue = TicketQueue(holder)
    calls = []
    for text in texts:
        calls.append(asyncio.ensure_future(queue.classify(Ticket("", text))))
        for _ in range(turns):
            await asyncio.sleep(0)
    await asyncio.gather(*calls)


@pytest.mark.parametrize(("turns", "groups"), [(1, [8]), (8, [8]), (100, [1] * 8)])
def test_a_group_waits_while_others_come(turns: int, groups: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls come in one at a time, a few turns of the event loop apart; after many turns nobody is waited for."""
    monkeypatch.setattr(ticket_queue, "_LONGEST_WAIT_SECONDS", 60.0)
    source = FakeSource()
    holder = ClassifierHolder(source)
    holder.refresh()
    before = len(source.opened["m1"].seen)
    asyncio.run(classified_one_by_one(holder, "abcdefgh", turns))
    assert source.opened["m1"].seen[before:] == groups


def test_a_group_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where others come all the time, the first is answered all the same."""
    monkeypatch.setattr(ticket_queue, "_LONGEST_WAIT_SECONDS", 0.0)
    source = FakeSource()
    holder = ClassifierHolder(source)
    holder.refresh()
    before = len(source.opened["m1"].seen)
    asyncio.run(classified_one_by_one(holder, "abcdefgh", 2))
    assert source.opened["m1"].seen[before:] == [1] * 8


def test_a_group_has_a_largest_size() -> None:
    """In tickets and in characters: the event loop has other things to do in between."""
    assert ask(FakeSource(), *["b"] * 150)[1] == [64, 64, 22]
    assert ask(FakeSource(), *["b" + " c" * 6_000] * 4)[1] == [2, 2]


def test_a_ticket_that_breaks_the_classifier_spoils_its_own_answer_only() -> None:
    """The others are worked on once more, alone."""
    answers, groups = ask(FakeSource(), "good one", "secret poison", "good two")
    assert answers == ["good", ZeroDivisionError, "good"]
    assert groups == [3, 1, 1, 1]


def test_a_caller_that_has_hung_up_costs_nothing() -> None:
    """Its ticket is not classified."""
    source = FakeSource()
    holder = ClassifierHolder(source)
    holder.refresh()
    before = len(source.opened["m1"].seen)

    async def one_hangs_up() -> None:
        queue = TicketQueue(holder)
        calls = [asyncio.ensure_future(queue.classify(Ticket("", text))) for text in ("a", "b")]
        await asyncio.sleep(0)
        calls[0].cancel()
        assert (await calls[1]).category.category == "b"

    asyncio.run(one_hangs_up())
    assert source.opened["m1"].seen[before:] == [1]


def test_without_a_classifier_everybody_is_told() -> None:
    """Nobody waits for ever."""
    holder = ClassifierHolder(FakeSource())
    found = asyncio.run(classified(holder, [Ticket("", "a"), Ticket("", "b")]))
    assert all(isinstance(each, NothingPublishedError) for each in found)


@pytest.mark.parametrize("count", [1, 64, 65])
def test_nobody_is_left_waiting(count: int) -> None:
    """At the edges of a group."""
    answers, groups = ask(FakeSource(), *["b"] * count)
    assert (len(answers), sum(groups)) == (count, count)
