"""The search for the times of the year that stand out, the strongest first."""

from dataclasses import dataclass

import numpy as np

from analytics import quasi_poisson
from analytics.calendar_design import Days, Window, window_columns, windows
from analytics.quasi_poisson import Floats


@dataclass(frozen=True, slots=True)
class Search:
    """What windows to look for.

    Attributes:
        longest: Longest window, in half months.
        most: Most windows to take.
        least_score: Smallest score of a window that is taken, in standard deviations.
        takes_first: Whether the strongest window is taken even when it is weak, so that it can be tested.
    """

    longest: int
    most: int
    least_score: float
    takes_first: bool = False


def strongest_windows(days: Days, counts: Floats, design: Floats, search: Search) -> tuple[Window, ...]:
    """Return windows that do not overlap, each the strongest given those found before.

    Args:
        days: Day of each row.
        counts: Count of each row.
        design: Columns that are known to matter.
        search: What windows to look for.
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
