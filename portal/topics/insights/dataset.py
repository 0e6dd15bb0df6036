"""What the data says, and what could not be said."""

from dataclasses import dataclass
from datetime import date

from portal.numbers.phrasing import Tone


@dataclass(frozen=True, slots=True)
class InsightRow:
    """One insight.

    Attributes:
        topic: Its heading in plain words, such as "Season".
        title: One sentence.
        detail: The numbers behind it.
        action: What to do; "" when the numbers do not say.
        tone: Whether it is bad news.
        first_said: Since when it has been said.
        href: The page that shows it, with its filters.
        effect: Its size in words.
        interval: The 95 % interval in words.
        n: What it rests on.
        is_urgent: Whether it is news of the last days rather than how the desk is.
    """

    topic: str
    title: str
    detail: str
    action: str
    tone: Tone
    first_said: date
    href: str
    effect: str
    interval: str
    n: int
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class GapRow:
    """What could not be said, why, and what to do."""

    topic: str
    why: str
    what_to_do: str


@dataclass(frozen=True, slots=True)
class Insights:
    """All of it.

    Attributes:
        rows: The most important first.
        gaps: What is missing.
        looked_at: Comparisons that were made, said or not.
        first: First day looked at; None when nothing was looked at yet.
        last: Last day looked at.
    """

    rows: tuple[InsightRow, ...]
    gaps: tuple[GapRow, ...]
    looked_at: int
    first: date | None
    last: date | None
