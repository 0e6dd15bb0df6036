"""Single tickets from many callers, classified together.

gRPC takes in one call at a time, with a few turns of the event loop between two, and a ticket alone costs three times
as much as one of many. So a group is classified once several turns in a row have brought nobody new, as databases
commit groups. One caller alone waits for these empty turns only, less than a tenth of a millisecond.
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
"""Turns of the event loop without a new caller after which nobody is expected; 16 to 64 did as well."""
_LONGEST_WAIT_SECONDS: Final = 0.01
"""How long the first of a group waits at most, where callers never cease to come."""

Waiting = tuple[Ticket, asyncio.Future[Classification]]


class TicketQueue:
    """Belongs to one event loop."""

    def __init__(self, holder: ClassifierHolder) -> None:
        """Classify with whatever the holder holds."""
        self._holder = holder
        self._waiting: deque[Waiting] = deque()
        self._loop = asyncio.get_running_loop()

    async def classify(self, ticket: Ticket) -> Classification:
        """Return the answer for one ticket.

        Raises:
            NothingPublishedError: If there is nothing to answer with.
        """
        answer: asyncio.Future[Classification] = self._loop.create_future()
        if not self._waiting:
            self._loop.call_soon(self._await_company, 0, 0, time.monotonic() + _LONGEST_WAIT_SECONDS)
        self._waiting.append((ticket, answer))
        return await answer

    def _await_company(self, known: int, quiet_turns: int, until: float) -> None:
        """Look once a turn whether somebody else has come; classify when nobody does, or at the latest at a moment."""
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
        """Take those who wait, as many as keep the event loop from anything else for a few milliseconds only."""
        group: list[Waiting] = []
        characters = 0
        while self._waiting and len(group) < _LARGEST_GROUP and characters < _MOST_CHARACTERS:
            ticket, answer = self._waiting.popleft()
            # A caller that has hung up or whose deadline has passed costs nothing more.
            if not answer.done():
                group.append((ticket, answer))
                characters += len(ticket.content)
        return group


def answer_group(classifier: Classifies, group: Sequence[Waiting]) -> None:
    """Answer everybody in a group; a ticket that cannot be classified spoils its own answer only."""
    try:
        found = classifier.classify([ticket for ticket, _ in group])
    except Exception as error:  # noqa: BLE001 - it belongs to whoever waits for it, whatever it is
        if len(group) == 1:
            group[0][1].set_exception(error)
            return
        for one in group:
            answer_group(classifier, [one])
        return
    for (_, answer), classification in zip(group, found, strict=True):
        answer.set_result(classification)
