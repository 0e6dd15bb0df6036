"""A typed client: values in, values out, named errors."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from types import TracebackType
from typing import Final, Self, TypeVar

import grpc

from classifier_service.classification import Classification, Explanation, Ticket
from classifier_service.client.connection import ClientTls, metadata_of, open_channel
from classifier_service.client.failures import closed, error_of
from classifier_service.client.messages import (
    categories_from,
    classification_from,
    explanation_from,
    model_from,
    ticket_message,
)
from classifier_service.errors import InvalidTicketError
from classifier_service.limits import MAX_BATCH_TICKETS, MAX_REQUEST_BYTES
from classifier_service.served_model import ServedCategory, ServedModel
from protos.gen.classifier.v1 import classifier_service_pb2 as pb
from protos.gen.classifier.v1.classifier_service_pb2_grpc import ClassifierServiceStub

DEFAULT_DEADLINE_SECONDS: Final = 10.0
DEFAULT_BATCH_TICKETS: Final = 256
Answer = TypeVar("Answer")

# A batch and the message around it have to stay below the service's limit.
_BATCH_BYTES: Final = MAX_REQUEST_BYTES - 64 * 1024


class ClassifierClient:
    """Calls the service; safe to use from several threads. Use it as a context manager, or call `close`.

    A call that no server answers is tried again for about two seconds. After that, and on every other failure, methods
    raise:
        ServiceUnavailableError: No server answered, or nothing is published yet; try again later.
        ServiceTimeoutError: There was no answer within the deadline.
        ServiceAccessError: The service does not know the token or certificate.
        ServiceFailedError: Anything else, also a call after `close`.
        InvalidTicketError: A ticket has neither subject nor content, or too long a customer type.
    """

    def __init__(
        self,
        addresses: str | Sequence[str],
        *,
        token: str | None = None,
        tls: ClientTls | None = None,
        deadline_seconds: float = DEFAULT_DEADLINE_SECONDS,
    ) -> None:
        """Prepare a connection; nothing is sent yet.

        Args:
            addresses: `host:port` of the service: one host name, which may resolve to several addresses, or IP
                addresses. Calls go to every replica in turn.
            token: This caller's bearer token.
            tls: How to verify the service; None calls it without encryption.
            deadline_seconds: How long a call may take, all attempts included.

        Raises:
            SettingsError: If the addresses, the token or the certificates cannot be used.
        """
        self._metadata = metadata_of(token)
        self._channel = open_channel([addresses] if isinstance(addresses, str) else addresses, tls)
        self._stub = ClassifierServiceStub(self._channel)
        self._deadline_seconds = deadline_seconds

    def __enter__(self) -> Self:
        """Return the client."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection and cancel the calls that are running."""
        self._channel.close()

    def classify(self, ticket: Ticket) -> Classification:
        """Classify one ticket."""
        request = pb.ClassifyTicketRequest(ticket=ticket_message(ticket))
        return classification_from(self._call(self._stub.ClassifyTicket, request).classification)

    def classify_many(
        self, tickets: Iterable[Ticket], *, batch_tickets: int = DEFAULT_BATCH_TICKETS
    ) -> Iterator[Classification]:
        """Classify any number of tickets in batches, and yield an answer for each, in the order of the tickets.

        The deadline is for each batch. Answers that were yielded before an error are correct and complete.
        """
        for batch in _batches(map(ticket_message, tickets), batch_tickets):
            request = pb.BatchClassifyTicketsRequest(tickets=batch)
            yield from map(classification_from, self._call(self._stub.BatchClassifyTickets, request).classifications)

    def stream(
        self, tickets: Iterable[tuple[str, Ticket]], *, deadline_seconds: float | None = None
    ) -> Iterator[tuple[str, Classification | InvalidTicketError]]:
        """Classify tickets one by one over one stream until there are no more; a stream that fails is not tried again.

        Args:
            tickets: Pairs of an id of the caller's choice and a ticket; read as fast as the service answers.
            deadline_seconds: Deadline of the whole stream; None for no deadline.

        Yields:
            Each id and its answer, in order; an error for a ticket that the service refuses.
        """
        requests = (pb.StreamClassifyTicketsRequest(id=name, ticket=ticket_message(ticket)) for name, ticket in tickets)
        try:
            call = self._stub.StreamClassifyTickets(requests, timeout=deadline_seconds, metadata=self._metadata)
        except ValueError as error:
            raise closed() from error
        try:
            for answer in call:
                yield answer.id, _stream_answer(answer)
        except grpc.RpcError as error:
            raise error_of(error) from error
        finally:
            call.cancel()

    def explain(self, ticket: Ticket) -> Explanation:
        """Classify one ticket and say which words and rules led to the answer."""
        request = pb.ExplainTicketRequest(ticket=ticket_message(ticket))
        return explanation_from(self._call(self._stub.ExplainTicket, request))

    def categories(self) -> tuple[ServedCategory, ...]:
        """Return the categories that an answer may hold, in the managers' order."""
        return categories_from(self._call(self._stub.ListCategories, pb.ListCategoriesRequest()))

    def model(self) -> ServedModel:
        """Return the model and rules that answer now."""
        return model_from(self._call(self._stub.GetModel, pb.GetModelRequest()))

    def _call(self, method: Callable[..., Answer], request: object) -> Answer:
        try:
            return method(request, timeout=self._deadline_seconds, metadata=self._metadata)
        except grpc.RpcError as error:
            raise error_of(error) from error
        except ValueError as error:
            raise closed() from error


def _stream_answer(answer: pb.StreamClassifyTicketsResponse) -> Classification | InvalidTicketError:
    if answer.WhichOneof("result") == "error":
        return InvalidTicketError(answer.error.field, answer.error.description)
    return classification_from(answer.classification)


def _batches(tickets: Iterable[pb.Ticket], most: int) -> Iterator[list[pb.Ticket]]:
    """Yield batches of at most `most` tickets, none larger than the service takes."""
    batch: list[pb.Ticket] = []
    size = 0
    for ticket in tickets:
        ticket_size = ticket.ByteSize() + 8
        if batch and (len(batch) == min(most, MAX_BATCH_TICKETS) or size + ticket_size > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(ticket)
        size += ticket_size
    if batch:
        yield batch
