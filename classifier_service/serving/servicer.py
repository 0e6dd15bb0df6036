"""The methods of the contract: each converts and delegates."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Executor
from typing import Final, TypeVar, TypeVarTuple

from classifier_service.classification import Ticket
from classifier_service.limits import MAX_BATCH_TICKETS
from classifier_service.serving.classifier_holder import ClassifierHolder
from classifier_service.serving.converters import (
    category_message,
    classification_message,
    explanation_message,
    model_message,
    ticket_from,
    too_many_tickets,
)
from classifier_service.serving.grpc_types import Context
from classifier_service.serving.served_classifier import Classifies
from classifier_service.serving.ticket_queue import TicketQueue
from classifier_service.serving.ticket_stream import answer_stream
from protos.gen.classifier.v1 import classifier_service_pb2 as pb
from protos.gen.classifier.v1.classifier_service_pb2_grpc import ClassifierServiceServicer

# A batch is classified in pieces. Between two pieces other calls get their turn, and a cancelled batch ends.
_PIECE: Final = 64

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")


class ClassifierServicer(ClassifierServiceServicer):
    """Answers calls on one event loop."""

    def __init__(self, holder: ClassifierHolder, workers: Executor, max_content_characters: int) -> None:
        """Answer with the classifier that the holder holds.

        Args:
            holder: Holds the classifier.
            workers: Threads for batches, so that the event loop stays free.
            max_content_characters: The longest content of a ticket.
        """
        self._holder = holder
        self._workers = workers
        self._max_content_characters = max_content_characters
        self._queue = TicketQueue(holder)

    async def ClassifyTicket(  # noqa: N802 - as the contract names it
        self, request: pb.ClassifyTicketRequest, _context: Context
    ) -> pb.ClassifyTicketResponse:
        """Classify one ticket, together with other tickets that are waiting."""
        ticket = ticket_from(request.ticket, "ticket", self._max_content_characters)
        classification = await self._queue.classify(ticket)
        return pb.ClassifyTicketResponse(classification=classification_message(classification))

    async def BatchClassifyTickets(  # noqa: N802 - as the contract names it
        self, request: pb.BatchClassifyTicketsRequest, _context: Context
    ) -> pb.BatchClassifyTicketsResponse:
        """Classify many tickets, all with the same version."""
        if not 0 < len(request.tickets) <= MAX_BATCH_TICKETS:
            raise too_many_tickets()
        tickets = [
            ticket_from(message, f"tickets[{index}]", self._max_content_characters)
            for index, message in enumerate(request.tickets)
        ]
        classifier = self._holder.current.classifier
        answers: list[pb.Classification] = []
        for start in range(0, len(tickets), _PIECE):
            answers += await self._in_worker(_classified, classifier, tickets[start : start + _PIECE])
        return pb.BatchClassifyTicketsResponse(classifications=answers)

    async def StreamClassifyTickets(  # noqa: N802 - as the contract names it
        self, requests: AsyncIterator[pb.StreamClassifyTicketsRequest], context: Context
    ) -> None:
        """Classify tickets until the stream ends."""
        await answer_stream(self._holder, requests, context, self._max_content_characters)

    async def ExplainTicket(  # noqa: N802 - as the contract names it
        self, request: pb.ExplainTicketRequest, _context: Context
    ) -> pb.ExplainTicketResponse:
        """Classify one ticket and give the terms behind the answer."""
        ticket = ticket_from(request.ticket, "ticket", self._max_content_characters)
        classifier = self._holder.current.classifier
        return explanation_message(await self._in_worker(classifier.explain, ticket))

    async def ListCategories(  # noqa: N802 - as the contract names it
        self, _request: pb.ListCategoriesRequest, _context: Context
    ) -> pb.ListCategoriesResponse:
        """List the categories."""
        served = self._holder.current
        return pb.ListCategoriesResponse(
            categories=map(category_message, served.categories), rules_version=served.model.rules_version
        )

    async def GetModel(  # noqa: N802 - as the contract names it
        self, _request: pb.GetModelRequest, _context: Context
    ) -> pb.GetModelResponse:
        """Describe the model and rules that answer now."""
        return model_message(self._holder.current.model)

    async def _in_worker(self, work: Callable[[*Arguments], Result], *arguments: *Arguments) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._workers, work, *arguments)


def _classified(classifier: Classifies, tickets: Sequence[Ticket]) -> list[pb.Classification]:
    return [classification_message(answer) for answer in classifier.classify(tickets)]
