"""The search for the times of the year that stand out, the strongest first."""

from dataclasses import dataclass

import numpy as np

from analytics import quasi_poisson
from analytics.calendar_design import Days, Window, window_columns, windows
from analytics.quasi_poisson import Floats


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for.

    Attributes:
        longest: Longest window, in halves of months.
        most: Most windows to take.
        least_score: Score in standard deviations from which a window is taken.
        takes_first: Whether the strongest is taken however weak it is, for a test of it.
    """

    longest: int
    most: int
    least_score: float
    takes_first: bool = False


def strongest_windows(days: Days, counts: Floats, design: Floats, search: Search) -> tuple[Window, ...]:
    """Return windows that do not meet, each the strongest given the ones before.

    Args:
        days: Of the rows.
        counts: Of the rows.
        design: Columns that are known to matter.
        search: What is looked for.
    """
    candidates = windows(search.longest)
    columns = window_columns(days, candidates)
    weights = np.ones(counts.size)
    chosen: list[Window] = []
    while len(chosen) < search.most:
        fitted = quasi_poisson.fit(design, counts)
        found = np.abs(quasi_poisson.scores(design, fitted, columns, counts, weights)) / np.sqrt(fitted.dispersion)
        taken = np.array([any(window.meets(each) for each in chosen) for window in candidates])
        best = int(np.argmax(np.where(taken, 0.0, found)))
        is_wanted = found[best] >= search.least_score or (search.takes_first and not chosen)
        if taken[best] or not is_wanted:
            break
        chosen.append(candidates[best])
        design = np.column_stack([design, columns[:, best]])
    return tuple(chosen)
