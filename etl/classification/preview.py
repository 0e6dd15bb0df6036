"""Shows what would change if other rules or another model classified every ticket; nothing is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from classifier_service.classification import NO_PRIORITY_RULE, Classification, PriorityAnswer, Ticket
from classifier_service.errors import NothingPublishedError
from classifier_service.limits import MAX_BATCH_TICKETS
from classifier_service.rules.document import RulesDocument
from etl.classification.numbers import numbers_of
from etl.running.sql import read_sql

if TYPE_CHECKING:
    from classifier_service.registry.registry import Registry  # brings scikit-learn

SAMPLE_SIZE: Final = 5
_OWN: Final = ("rules", "model")
_OPEN_PRIORITIES: Final = ("default", *_OWN)

Change = tuple[str | None, str | None]
Classify = Callable[[Sequence[Ticket]], Sequence[Classification]]


@dataclass(slots=True)
class Changes:
    """Changes of one field: for each old and new value, how many tickets change, and the numbers of a few."""

    counts: dict[Change, int] = field(default_factory=dict)
    samples: dict[Change, list[int]] = field(default_factory=dict)

    def add(self, before: str | None, after: str | None, ticket_id: int) -> None:
        """Count a ticket, unless nothing changes."""
        if before == after:
            return
        self.counts[before, after] = self.counts.get((before, after), 0) + 1
        sample = self.samples.setdefault((before, after), [])
        if len(sample) < SAMPLE_SIZE:
            sample.append(ticket_id)

    @property
    def total(self) -> int:
        """Number of tickets that change."""
        return sum(self.counts.values())

    def sampled(self) -> Iterator[int]:
        """Yield the tickets of all samples."""
        for sample in self.samples.values():
            yield from sample

    def rows(self) -> list[tuple[str | None, str | None, int, list[int]]]:
        """Return before, after, count and sample, the most frequent change first."""
        ordered = sorted(self.counts.items(), key=lambda item: (-item[1], str(item[0])))
        return [(before, after, count, self.samples[before, after]) for (before, after), count in ordered]


@dataclass(slots=True)
class Preview:
    """What would change.

    Attributes:
        ticket_count: Tickets that were looked at.
        kept_count: Tickets whose category stays, because a person or an import set it, though the classifier disagrees.
        abstention_count: Tickets that would wait for review.
        categories: Changes of the category.
        priorities: Changes of the priority.
        numbers: Number of each ticket of the samples, as the portal shows it, where that is not its id.
    """

    ticket_count: int = 0
    kept_count: int = 0
    abstention_count: int = 0
    categories: Changes = field(default_factory=Changes)
    priorities: Changes = field(default_factory=Changes)
    numbers: dict[int, str] = field(default_factory=dict)

    def number(self, ticket_id: int) -> str:
        """Return the number under which people find a ticket."""
        return self.numbers.get(ticket_id, str(ticket_id))


def make_preview(
    connection: sa.Connection, classify: Classify, slugs: Iterable[str], say: Callable[[int], None]
) -> Preview:
    """Classify every ticket in this process, and return what would be written.

    Args:
        connection: In the role `etl_writer`.
        classify: Returns the answers for some tickets.
        slugs: Categories that the desk will have.
        say: Called with the number of tickets classified so far.
    """
    preview, listed = Preview(), frozenset(slugs)
    for rows in _batches(connection):
        read = [row for row in rows if row.subject.strip() or row.content.strip()]
        answers = classify([Ticket(row.subject, row.content, row.customer_type) for row in read])
        for row, answer in zip(read, answers, strict=True):
            _add(preview, row, answer, listed)
        preview.ticket_count += len(rows)
        say(preview.ticket_count)
    sampled = [each for changes in (preview.categories, preview.priorities) for each in changes.sampled()]
    preview.numbers = numbers_of(connection, sampled)
    return preview


def _batches(connection: sa.Connection) -> Iterator[Sequence[sa.Row[Any]]]:
    statement = sa.text(read_sql("classification/sql/every_ticket.sql"))
    with connection.execute(statement, execution_options={"yield_per": MAX_BATCH_TICKETS}) as rows:
        yield from rows.partitions()


def _add(preview: Preview, row: sa.Row[Any], answer: Classification, listed: frozenset[str]) -> None:
    """Count a ticket under the same conditions as etl/classification/sql/fill_*.sql write it."""
    category = None if answer.category.is_abstention else answer.category.category
    is_open = row.category_source in _OWN or (row.category_source == "imported" and row.category is None)
    if is_open and (category is None or category in listed):
        preview.categories.add(row.category, category, row.ticket_id)
    preview.kept_count += not is_open and not answer.category.is_abstention and row.category != category
    preview.abstention_count += is_open and answer.category.is_abstention
    if row.priority_source in _OPEN_PRIORITIES:
        preview.priorities.add(row.priority, _said(answer.priority), row.ticket_id)


def _said(answer: PriorityAnswer) -> str | None:
    return None if answer.reason == NO_PRIORITY_RULE else answer.priority.value


def present_classifier(registry: "Registry", rules: RulesDocument) -> Classify:
    """Return a classifier of the model that serves and of these rules, which need not be published.

    Raises:
        NothingPublishedError: If no model serves yet.
        RegistryError: If the model cannot be opened.
    """
    from classifier_service.pipeline import TicketClassifier, Versions  # noqa: PLC0415 - brings scikit-learn

    champion = registry.champion()
    if champion is None:
        message = "No model serves yet."
        raise NothingPublishedError(message, "Run: support-analytics classifier first-model")
    bundle, _card = registry.load_model(champion)
    versions = Versions(champion, "preview")
    return TicketClassifier(
        bundle.category_model,
        bundle.sentiment_model,
        rules,
        versions,
        bundle.abstention_threshold,
        bundle.familiarity,
    ).classify


def as_json(preview: Preview) -> Mapping[str, Any]:
    """Return a preview for JSON: ticket numbers only, none of the tickets' text."""
    return {
        "tickets": preview.ticket_count,
        "kept": preview.kept_count,
        "for_review": preview.abstention_count,
        **{
            name: [
                {"from": before, "to": after, "tickets": count, "sample": sample}
                for before, after, count, sample in changes.rows()
            ]
            for name, changes in (("categories", preview.categories), ("priorities", preview.priorities))
        },
    }
