"""Which findings may be said when many were looked at: the false discovery rate."""

from collections.abc import Sequence


def false_discovery_rates(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return each p-value adjusted by Benjamini and Hochberg (1995, doi:10.1111/j.2517-6161.1995.tb02031.x).

    Of all findings with an adjusted value of at most 0.05, at most one in twenty is expected to be due to chance. Where
    there is no effect at all, the chance that any finding is said is at most one in twenty.

    >>> [round(each, 3) for each in false_discovery_rates([0.01, 0.04, 0.03, 0.5])]
    [0.04, 0.053, 0.053, 0.5]
    """
    count = len(p_values)
    order = sorted(range(count), key=lambda place: p_values[place], reverse=True)
    adjusted = [1.0] * count
    least = 1.0
    for back, place in enumerate(order):
        least = min(least, p_values[place] * count / (count - back))
        adjusted[place] = least
    return tuple(adjusted)
