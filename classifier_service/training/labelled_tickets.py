"""Tickets whose right category is known."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier_service.errors import TrainingDataError
from classifier_service.words import clean_text

CORRECTED_WEIGHT: Final = 3.0
"""Weight of a ticket whose category a person set or confirmed; a category that came with an import has weight 1."""
LEAST_OF_A_CATEGORY: Final = 5
"""Fewest tickets of a category that is learnt: fewer cannot be divided into folds."""
_MOST_WEIGHT: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class LabelledTickets:
    """Tickets to learn from or to measure on.

    Attributes:
        texts: Subject and content of each ticket, as `Ticket.text` joins them.
        labels: Slug of each ticket's right category.
        weights: How much each ticket counts, above 0; `CORRECTED_WEIGHT` where a person set the category. Empty: all
            count the same.
        created_at: When each ticket came in, with a time zone; None where unknown. Empty: all unknown.
        is_corrected: Whether a person set or confirmed each category. Empty: nobody did.
    """

    texts: tuple[str, ...]
    labels: tuple[str, ...]
    weights: tuple[float, ...] = ()
    created_at: tuple[datetime | None, ...] = ()
    is_corrected: tuple[bool, ...] = ()

    def __post_init__(self) -> None:
        """Check that each ticket has a text, a label, a weight and a time.

        Raises:
            TrainingDataError: If the numbers differ, or a weight is not above 0.
        """
        parts = self.weights, self.created_at, self.is_corrected
        lengths = {len(self.texts), len(self.labels), *(len(part) for part in parts if part)}
        if len(lengths) > 1:
            message = "There have to be as many labels, weights, times and marks as texts."
            raise TrainingDataError(message)
        if not all(0 < weight <= _MOST_WEIGHT for weight in self.weights):
            message = f"Every weight has to be above 0, and at most {_MOST_WEIGHT:,}."
            raise TrainingDataError(message)

    def __len__(self) -> int:
        """Return the number of tickets."""
        return len(self.texts)

    @property
    def instants(self) -> tuple[datetime, ...] | None:
        """When each ticket came in; None unless all times are known."""
        known = tuple(instant for instant in self.created_at if instant is not None)
        return known if known and len(known) == len(self) else None

    @property
    def weight_array(self) -> NDArray[np.float64]:
        """How much each ticket counts, as an array."""
        return np.array(self.weights) if self.weights else np.ones(len(self))

    @property
    def corrected(self) -> NDArray[np.bool_]:
        """Whether a person set or confirmed each category, as an array."""
        return np.array(self.is_corrected, dtype=bool) if self.is_corrected else np.zeros(len(self), dtype=bool)

    def as_read(self) -> "LabelledTickets":
        """Return the tickets with their texts cleaned as the service cleans the tickets it classifies."""
        return replace(self, texts=tuple(clean_text(text) for text in self.texts))

    def select(self, places: Sequence[int] | NDArray[np.int64]) -> "LabelledTickets":
        """Return the tickets at some places, in that order."""
        chosen = [int(place) for place in places]
        return LabelledTickets(
            tuple(self.texts[place] for place in chosen),
            tuple(self.labels[place] for place in chosen),
            tuple(self.weights[place] for place in chosen) if self.weights else (),
            tuple(self.created_at[place] for place in chosen) if self.created_at else (),
            tuple(self.is_corrected[place] for place in chosen) if self.is_corrected else (),
        )

    def and_also(self, others: "LabelledTickets") -> "LabelledTickets":
        """Return these tickets and, after them, others; both have the same columns filled."""
        return LabelledTickets(
            self.texts + others.texts,
            self.labels + others.labels,
            self.weights + others.weights,
            self.created_at + others.created_at,
            self.is_corrected + others.is_corrected,
        )

    def without_rare(self) -> "LabelledTickets":
        """Return the tickets that have a text and whose category has enough such tickets.

        Raises:
            TrainingDataError: If fewer than two categories have enough tickets.
        """
        return self.select(self.places_with_enough())

    def places_with_enough(self) -> NDArray[np.int64]:
        """Return the places of the tickets that have a text and whose category has enough such tickets.

        Raises:
            TrainingDataError: If fewer than two categories have enough tickets.
        """
        filled = [place for place, text in enumerate(self.texts) if text.strip()]
        counts = Counter(self.labels[place] for place in filled)
        kept = [place for place in filled if counts[self.labels[place]] >= LEAST_OF_A_CATEGORY]
        if len({self.labels[place] for place in kept}) < 2:  # noqa: PLR2004 - one category teaches nothing
            message = f"Fewer than two categories have {LEAST_OF_A_CATEGORY} tickets or more with a text."
            raise TrainingDataError(message, "Label more tickets, then train again.")
        return np.array(kept, dtype=np.int64)

    def data_hash(self) -> str:
        """Return SHA-256, in hex, of all the data that is learnt from."""
        digest = hashlib.sha256()
        times = self.created_at or (None,) * len(self)
        for text, label, weight, instant in zip(self.texts, self.labels, self.weight_array, times, strict=True):
            when = "" if instant is None else instant.astimezone(UTC).isoformat()
            for part in (text, label, repr(float(weight)), when):
                encoded = part.encode(errors="surrogatepass")
                digest.update(len(encoded).to_bytes(8, "big") + encoded)
        return digest.hexdigest()
