"""What defines a metric: how it is computed, from what, over which time."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a metric is computed from its measures."""

    COUNT = "count"
    """The numerator."""
    SHARE = "share"
    """Numerator ÷ denominator, in 0..1; n is the denominator."""
    MEAN = "mean"
    """Numerator ÷ denominator in the metric's unit; n is the denominator."""
    DURATION = "duration"
    """Median of a duration histogram, with p90 and mean; n is the number of durations."""
    LEVEL = "level"
    """Number of tickets at the end of each bucket: a running sum of openings minus closings."""
    DISTINCT = "distinct"
    """Number of different customers; not additive, so always counted from the facts."""


class Anchor(StrEnum):
    """Which date puts a ticket into a period."""

    CREATED = "created in the period"
    HAPPENED = "happened in the period"
    MOMENT = "at the end of the period"


class Clock(StrEnum):
    """Which minutes a duration counts."""

    NONE = ""
    CALENDAR = "calendar"
    BUSINESS = "business hours"


class Better(StrEnum):
    """Which direction is good news."""

    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Need:
    """What has to be known of a ticket for a metric to count it. Sources that do not give it are left out.

    Attributes:
        known: Measure of the resolved tickets of which it is known.
        lacking: What a source without it gives, as in "it gives no messages".
    """

    known: str
    lacking: str


@dataclass(frozen=True, slots=True)
class Metric:
    """One number the product can show.

    Attributes:
        slug: Name in URLs, queries and JSON.
        label: What a manager reads.
        unit: Unit of the value: tickets, customers, replies, minutes, share, rating, contacts ...
        kind: How it is computed.
        anchor: Which date puts a ticket into a period.
        definition: One or two plain sentences.
        numerator: Measure (or duration histogram) that the metric is computed from.
        denominator: Measure that the numerator is divided by, for shares and means.
        clock: Which minutes a duration counts.
        better: Which direction is good.
        pitfall: How the number is easily misread; may be empty.
        need: What has to be known of a ticket; None when every source tells it.
        is_dated: Whether it needs the instant at which a ticket was solved.
    """

    slug: str
    label: str
    unit: str
    kind: Kind
    anchor: Anchor
    definition: str
    numerator: str
    denominator: str = ""
    clock: Clock = Clock.NONE
    better: Better = Better.NEITHER
    pitfall: str = ""
    need: Need | None = None
    is_dated: bool = False

    @property
    def is_by_creation(self) -> bool:
        """Whether its creation puts a ticket into a period."""
        return self.anchor is Anchor.CREATED

    @property
    def is_sla(self) -> bool:
        """Whether the number is measured against the targets of SLA policies."""
        return self.slug.startswith("sla_") or self.slug == "ended_unanswered"


def count(  # noqa: PLR0913 - one argument for each attribute of a metric
    slug: str,
    label: str,
    unit: str,
    definition: str,
    *,
    anchor: Anchor = Anchor.HAPPENED,
    better: Better = Better.NEITHER,
    pitfall: str = "",
    need: Need | None = None,
    is_dated: bool = False,
) -> Metric:
    """Return a metric that is its numerator, which has the same name."""
    kind = Kind.COUNT
    return Metric(
        slug,
        label,
        unit,
        kind,
        anchor,
        definition,
        slug,
        better=better,
        pitfall=pitfall,
        need=need,
        is_dated=is_dated,
    )
