"""Single tickets from many callers, classified in groups.

A ticket classified alone costs three times as much as one in a group. gRPC takes in one call at a time, with a few
turns of the event loop in between. So the queue collects tickets until several turns in a row have brought no new one,
as a database does for a group commit. A single caller waits only for these empty turns, less than a tenth of a
millisecond.
"""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from typing import Final

from classifier_service.classification import Classification, Ticket
from classifier_service.errors import ClassifierError
from classifier_service.serving.classifier_holder import ClassifierHolder
from classifier_service.serving.served_classifier import Classifies

_LARGEST_GROUP: Final = 64
_MOST_CHARACTERS: Final = 20_000
_QUIET_TURNS: Final = 32
"""Turns of the event loop without a new ticket after which a group is classified; 16 to 64 work equally well."""
_LONGEST_WAIT_SECONDS: Final = 0.01
"""The longest that the first ticket of a group waits, even if new tickets keep coming."""

Waiting = tuple[Ticket, asyncio.Future[Classification]]


class TicketQueue:
    """Collects the tickets of one event loop and classifies them in groups."""

    def __init__(self, holder: ClassifierHolder) -> None:
        """Classify with the classifier that the holder holds."""
        self._holder = holder
        self._waiting: deque[Waiting] = deque()
        self._loop = asyncio.get_running_loop()

    async def classify(self, ticket: Ticket) -> Classification:
        """Return the answer for one ticket.

        Raises:
            NothingPublishedError: If there is no classifier yet.
        """
        answer: asyncio.Future[Classification] = self._loop.create_future()
        if not self._waiting:
            self._loop.call_soon(self._await_company, 0, 0, time.monotonic() + _LONGEST_WAIT_SECONDS)
        self._waiting.append((ticket, answer))
        return await answer

    def _await_company(self, known: int, quiet_turns: int, until: float) -> None:
        """Check for new tickets once a turn; classify the group when none has come for some turns, or at `until`."""
        count = len(self._waiting)
        quiet_turns = quiet_turns + 1 if count == known else 0
        if quiet_turns < _QUIET_TURNS and count < _LARGEST_GROUP and time.monotonic() < until:
            self._loop.call_soon(self._await_company, count, quiet_turns, until)
        else:
            self._classify_group()

    def _classify_group(self) -> None:
        group = self._next_group()
        if self._waiting:
            self._loop.call_soon(self._classify_group)
        if not group:
            return
        try:
            answer_group(self._holder.current.classifier, group)
        except ClassifierError as error:
            for _, answer in group:
                answer.set_exception(error)

    def _next_group(self) -> Sequence[Waiting]:
        """Take waiting tickets, but no more than the event loop can classify in a few milliseconds."""
        group: list[Waiting] = []
        characters = 0
        while self._waiting and len(group) < _LARGEST_GROUP and characters < _MOST_CHARACTERS:
            ticket, answer = self._waiting.popleft()
            # A ticket whose caller has hung up, or whose deadline has passed, is not classified.
            if not answer.done():
                group.append((ticket, answer))
                characters += len(ticket.content)
        return group


def answer_group(classifier: Classifies, group: Sequence[Waiting]) -> None:
    """Answer every ticket of a group; a ticket that cannot be classified does not affect the others."""
    try:
        found = classifier.classify([ticket for ticket, _ in group])
    except Exception as error:  # noqa: BLE001 - any error goes to the caller that waits for the answer
        if len(group) == 1:
            group[0][1].set_exception(error)
            return
        for one in group:
            answer_group(classifier, [one])
        return
    for (_, answer), classification in zip(group, found, strict=True):
        answer.set_result(classification)
