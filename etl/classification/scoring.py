"""Lets the classifier service say something of every ticket that waits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from classifier_service.client import ClassifierClient
from classifier_service.limits import MAX_BATCH_TICKETS
from etl.classification.answers import record_answers, record_explanations
from etl.classification.tasks import Task, take_tasks

_EXPLAINED_TOGETHER: Final = 64
_WORKERS: Final = 2
"""While one batch is written down, the service works on the other."""
_EXPLAINING_CALLS: Final = 4


@dataclass(frozen=True, slots=True)
class Scorer:
    """Works on the queue, batch by batch, each in a transaction of its own.

    A batch is off the queue when its answers are written, and not before: a process that is killed, or a service
    that does not answer, leaves its tickets waiting, and nothing of them is written.

    Attributes:
        engine: Database, in the role `etl_writer`.
        client: Calls the service.
    """

    engine: sa.Engine
    client: ClassifierClient

    def classify(self, most: int) -> int:
        """Classify waiting tickets, and return how many.

        Args:
            most: From how many on to stop; whole batches are finished.

        Raises:
            ServiceError: If the service does not answer; the batches before are kept.
        """
        return self._in_turns(self.classify_batch, most)

    def explain(self, most: int) -> int:
        """Ask for the reasons behind answers, and return of how many tickets; arguments and errors as above."""
        total = 0
        while total < most and (count := self.explain_batch()):
            total += count
        return total

    def classify_batch(self) -> int:
        """Classify one batch, and return how many tickets were taken off the queue; 0 when none waits."""
        with self.engine.begin() as connection:
            count, tickets = take_tasks(connection, Task.CLASSIFY, MAX_BATCH_TICKETS)
            if tickets:
                answers = self.client.classify_many((each.ticket for each in tickets), batch_tickets=MAX_BATCH_TICKETS)
                record_answers(connection, tickets, answers)
        return count

    def explain_batch(self) -> int:
        """Explain one batch, and return how many tickets were taken off the queue; 0 when none waits."""
        with self.engine.begin() as connection, ThreadPoolExecutor(_EXPLAINING_CALLS) as callers:
            count, tickets = take_tasks(connection, Task.EXPLAIN, _EXPLAINED_TOGETHER)
            if tickets:
                explanations = callers.map(self.client.explain, [each.ticket for each in tickets])
                record_explanations(connection, tickets, explanations)
        return count

    def _in_turns(self, batch: Callable[[], int], most: int) -> int:
        def work(_number: int) -> int:
            total = 0
            while total * _WORKERS < most and (count := batch()):
                total += count
            return total

        with ThreadPoolExecutor(_WORKERS) as workers:
            return sum(workers.map(work, range(_WORKERS)))
