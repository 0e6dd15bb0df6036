"""Brings ratings of other scales to the desk's 1 to 5."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from etl.importing.transforms.reasons import FieldError, Rule

_BEST: Final = 5
DESK_SCALE: Final = "1-5"
SCALES: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        DESK_SCALE: (1, 5),
        "0-5": (0, 5),
        "0-10": (0, 10),
        "1-10": (1, 10),
        "1-7": (1, 7),
        "1-4": (1, 4),
        "1-3": (1, 3),
        "0-1": (0, 1),
        "percent": (0, 100),
        "5-1": (5, 1),
        "3-1": (3, 1),
    }
)
"""Name of a scale -> its worst and its best value."""

_NUMBER: Final = re.compile(
    r"(-?\d+(?:[.,]\d+)?)\s*(%|(?:/|out of|von|sur|de)\s*(\d+)|stars?|★|⭐|sterne|étoiles?|estrellas?|estrelas?)?$"
)
_AT_END: Final = re.compile(
    r"[\s,:]*[(\[]?\s*(?:(\d{1,2})\s*(?:-|–|to|bis|à|a|até)\s*(\d{1,2})|%|percent)\s*[)\]]?\s*$", re.IGNORECASE
)
_PERCENT: Final = "%"
_OUT_OF: Final = {"5": DESK_SCALE, "10": "0-10", "100": "percent", "7": "1-7", "4": "1-4", "3": "1-3"}


def scale_in(name: str) -> tuple[str, str]:
    """Return a column's name without the scale at its end, and the scale: `CSAT (1-10)`; "" when it names none."""
    match = _AT_END.search(name)
    if match is None:
        return name, ""
    scale = "percent" if match[1] is None else f"{match[1]}-{match[2]}"
    return (name[: match.start()], scale) if scale in SCALES else (name, "")


def read_rating(text: str, scale: str) -> str:
    """Return a rating from 1 to 5; the nearest, where the scale has other steps.

    Args:
        text: A number, also as `80 %`, `4/5` or `4 stars`.
        scale: A key of `SCALES`, for numbers that do not say it themselves.

    Raises:
        FieldError: If the text is no number, or none of its scale.
    """
    match = _NUMBER.match(text)
    if match is None:
        raise FieldError(Rule.UNKNOWN_VALUE)
    number = float(match[1].replace(",", "."))
    name = "percent" if match[2] == _PERCENT else _OUT_OF.get(match[3], "") if match[3] else scale
    worst, best = SCALES.get(name, (0, 0))
    if worst == best or not min(worst, best) <= number <= max(worst, best):
        raise FieldError(Rule.BAD_NUMBER)
    if name == DESK_SCALE and number != int(number):
        raise FieldError(Rule.BAD_NUMBER)
    return str(1 + int((number - worst) / (best - worst) * (_BEST - 1) + 0.5))


def scales_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the scales that the ratings of a column may be on, the likeliest first; one when they show it.

    Numbers up to 5, the highest of them 5 or 4, are the usual 1 to 5 unless a 0 or a negative is among them.
    """
    matches = [match for text in texts if (match := _NUMBER.match(text)) is not None and match[2] is None]
    numbers = [float(match[1].replace(",", ".")) for match in matches]
    if not numbers:
        return (DESK_SCALE,)
    lowest, highest = min(numbers), max(numbers)
    if highest in {4, 5} and lowest >= 1:
        return (DESK_SCALE,)
    few = 20
    if lowest >= 1 and highest < 4 and len(numbers) < few:  # noqa: PLR2004 - no 4 and no 5 among a few is no sign
        return (DESK_SCALE,)
    fitting = [name for name, ends in SCALES.items() if min(ends) <= lowest and highest <= max(ends)]
    return tuple(sorted(fitting, key=lambda name: abs(max(SCALES[name]) - highest) + abs(min(SCALES[name]) - lowest)))
