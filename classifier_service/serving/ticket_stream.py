"""Answers one stream of tickets, in order and no faster than its caller takes the answers."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Final

from classifier_service.classification import Ticket
from classifier_service.errors import InvalidTicketError
from classifier_service.limits import MAX_STREAM_ID_CHARACTERS, MAX_STREAM_TICKETS
from classifier_service.serving.classifier_holder import ClassifierHolder
from classifier_service.serving.converters import classification_message, ticket_from, too_long
from classifier_service.serving.grpc_types import Context
from protos.gen.classifier.v1 import classifier_service_pb2 as pb

_GROUP: Final = 64

Request = pb.StreamClassifyTicketsRequest
Response = pb.StreamClassifyTicketsResponse


async def answer_stream(
    holder: ClassifierHolder,
    requests: AsyncIterator[Request],
    context: Context,
    max_content_characters: int,
) -> None:
    """Answer every ticket of a stream.

    While answers are written, a limited number of further tickets is read. If a caller takes no answers, reading stops
    too, and HTTP/2 makes the caller wait.

    Raises:
        NothingPublishedError: If there is no classifier yet.
    """
    waiting: asyncio.Queue[Request | None] = asyncio.Queue(MAX_STREAM_TICKETS - _GROUP)
    reader = asyncio.create_task(_read(requests, waiting))
    try:
        is_open = True
        while is_open:
            group, is_open = await _next_group(waiting)
            for response in _answers(holder, group, max_content_characters):
                await context.write(response)
        await reader
    finally:
        reader.cancel()


async def _read(requests: AsyncIterator[Request], waiting: "asyncio.Queue[Request | None]") -> None:
    try:
        async for request in requests:
            await waiting.put(request)
    except Exception:
        # Tickets that came before the error are still answered; then the error is raised.
        await waiting.put(None)
        raise
    await waiting.put(None)


async def _next_group(waiting: "asyncio.Queue[Request | None]") -> tuple[list[Request], bool]:
    """Wait for a request, and return it with all that wait already; the flag is False when no more will come."""
    request = await waiting.get()
    group: list[Request] = []
    while request is not None:
        group.append(request)
        if len(group) == _GROUP or waiting.empty():
            return group, True
        request = waiting.get_nowait()
    return group, False


def _answers(holder: ClassifierHolder, group: Sequence[Request], max_content_characters: int) -> list[Response]:
    read = [_read_ticket(request, max_content_characters) for request in group]
    tickets = [ticket for ticket in read if isinstance(ticket, Ticket)]
    answers = iter(holder.current.classifier.classify(tickets)) if tickets else iter(())
    return [
        Response(id=request.id, classification=classification_message(next(answers)))
        if isinstance(ticket, Ticket)
        else _refusal(request, ticket)
        for request, ticket in zip(group, read, strict=True)
    ]


def _read_ticket(request: Request, max_content_characters: int) -> Ticket | InvalidTicketError:
    if len(request.id) > MAX_STREAM_ID_CHARACTERS:
        return too_long("", "id", MAX_STREAM_ID_CHARACTERS)
    try:
        return ticket_from(request.ticket, "ticket", max_content_characters)
    except InvalidTicketError as error:
        return error


def _refusal(request: Request, error: InvalidTicketError) -> Response:
    return Response(
        id=request.id[:MAX_STREAM_ID_CHARACTERS],
        error=pb.TicketError(field=error.field, description=error.message),
    )
