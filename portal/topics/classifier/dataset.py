"""What the Classifier page shows."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Waiting:
    """Tickets that wait for a person, by the category that is likeliest.

    Attributes:
        category: Slug of the category; None where none is likely.
        name: What people call it; "" where none is likely.
        is_own: Whether the desk has the category; otherwise a template suggests it.
        tickets: How many tickets.
    """

    category: str | None
    name: str
    is_own: bool
    tickets: int


@dataclass(frozen=True, slots=True)
class Review:
    """What waits for a person.

    Attributes:
        waiting: By likeliest category, the most tickets first.
        has_categories: Whether the desk has categories of its own; without any the template suggests.
        is_template_wanted: Whether a manager has taken the template, and the categories are on their way.
    """

    waiting: tuple[Waiting, ...]
    has_categories: bool
    is_template_wanted: bool

    @property
    def total(self) -> int:
        """How many tickets wait."""
        return sum(each.tickets for each in self.waiting)


@dataclass(frozen=True, slots=True)
class Threshold:
    """What one threshold would do with tickets that the model had not seen.

    Attributes:
        threshold: Confidence from which on a ticket is filed, 0..1.
        tickets: How many tickets were tried.
        answered: How many of them would be filed.
        right: How many of those rightly.
    """

    threshold: float
    tickets: int
    answered: int
    right: int


LEAST_MEASURED: Final = 30
"""With fewer tickets a share of right answers says next to nothing: of 6, all may be right by luck."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure the classifier has to be, and what that costs.

    Attributes:
        chosen: Threshold that a manager has set; None leaves it to the model.
        of_model: Threshold of the model; None where no model has learnt from the desk's tickets.
        rows: What others would do; empty likewise.
    """

    chosen: float | None
    of_model: float | None
    rows: tuple[Threshold, ...]

    @property
    def measured(self) -> int:
        """How many tickets that the model had not seen it was measured on; 0 where it was not."""
        return self.rows[0].tickets if self.rows else 0

    @property
    def is_measured(self) -> bool:
        """Whether there are enough of them to tell how often answers are right."""
        return self.measured >= LEAST_MEASURED

    @property
    def present(self) -> float | None:
        """The threshold that holds; None where it is not known here."""
        return self.of_model if self.chosen is None else self.chosen
