"""Lets the classifier service classify and explain the waiting tickets."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from classifier_service.client import ClassifierClient
from classifier_service.limits import MAX_BATCH_TICKETS
from etl.classification.answers import record_answers, record_explanations
from etl.classification.tasks import Task, take_tasks, waiting

_EXPLAINED_TOGETHER: Final = 64
_WORKERS: Final = 2
"""Two, so that the service works on one batch while the other is being written."""
_EXPLAINING_CALLS: Final = 4


@dataclass(frozen=True, slots=True)
class Scorer:
    """Works through the queue batch by batch, one transaction for each batch.

    A batch leaves the queue in the transaction that writes its answers. If the process is killed or the service does
    not answer, the batch stays in the queue and none of its answers is written.

    Attributes:
        engine: Database, in the role `etl_writer`.
        client: Calls the service.
    """

    engine: sa.Engine
    client: ClassifierClient

    def classify(self, most: int) -> int:
        """Classify waiting tickets, and return how many.

        Args:
            most: Stop after this many tickets; a batch that was begun is finished.

        Raises:
            ServiceError: If the service does not answer; the batches written before stay written.
        """
        return self._in_turns(self.classify_batch, most)

    def explain(self, most: int) -> int:
        """Explain the answers of waiting tickets, and return how many; arguments and errors are those of `classify`.

        Tickets that wait to be classified go before: after the batch during which some came, no other is begun.
        """
        total = 0
        while total < most and (count := self.explain_batch()):
            total += count
            with self.engine.connect() as connection:
                if waiting(connection, Task.CLASSIFY):
                    break
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
