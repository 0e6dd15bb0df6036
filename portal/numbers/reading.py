"""One number with what it is computed over, and runs of them over time."""

from dataclasses import dataclass
from datetime import date
from typing import Final

CATEGORY_COLOURS: Final = 8
"""How many colours there are before they repeat."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One number.

    Attributes:
        value: The number in its unit; None when nothing was measured.
        n: How many tickets (replies, ratings ...) it is computed over.
        unit: As in the metric; "days" when every ticket behind it has dates without a time.
        p90: For durations, what nine in ten stay under.
        is_not_known: Whether there are tickets, but no source of theirs gives what the number needs.
    """

    value: float | None
    n: int
    unit: str
    p90: float | None = None
    is_not_known: bool = False


@dataclass(frozen=True, slots=True)
class Mix:
    """How much of a change is in which tickets there were, where that says something else than the change itself.

    Attributes:
        dimension: What the tickets are told apart by: "category", "priority" or "channel".
        change: What the mix did to the number.
        held: The number as it would be with the mix of the comparison.
        is_of_the_parts: Whether the number went the way its parts went.
    """

    dimension: str
    change: float
    held: float
    is_of_the_parts: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of a change besides its size.

    Attributes:
        is_clear: Whether it is more than chance.
        mix: The part of the mix in it; None where that is not worth telling.
    """

    is_clear: bool = False
    mix: Mix | None = None

    @property
    def has_tone(self) -> bool:
        """Whether the change may be called better or worse."""
        return self.is_clear and (self.mix is None or self.mix.is_of_the_parts)


NOT_JUDGED: Final = Judged()
"""Of a change that nothing is known of."""


@dataclass(frozen=True, slots=True)
class Point:
    """One number of one stretch of time.

    Attributes:
        start: First day of the stretch.
        last: Last day of the stretch.
        reading: The number.
        href: The tickets behind it.
        is_running: Whether the stretch is not over yet.
    """

    start: date
    last: date
    reading: Reading
    href: str
    is_running: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers over time under one name.

    Attributes:
        label: What a manager reads.
        points: In the order of time, without gaps.
        position: Place in the desk's own list, which decides the colour; None for the main series.
    """

    label: str
    points: tuple[Point, ...]
    position: int | None = None

    @property
    def total(self) -> float:
        """Sum of the values; only for counts."""
        return sum(point.reading.value or 0 for point in self.points)

    @property
    def is_running(self) -> bool:
        """Whether the last stretch is not over yet."""
        return bool(self.points) and self.points[-1].is_running
