"""What the data says, and what could not be said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.insights.finding import Claim, Effect, Missing
from portal.numbers.phrasing import Tone


@dataclass(frozen=True, slots=True)
class InsightRow:
    """One insight.

    Attributes:
        topic: Slug of its heading.
        claim: What it says.
        facts: Numbers and slugs that its sentences need.
        names: Category -> what a manager calls it.
        effect: How large it is, with its 95 % interval.
        n: What it rests on.
        start: First day it is about.
        end: First day after.
        tone: Whether it is bad news.
        first_said: Since when it has been said.
        href: The page that shows it, with its filters.
        is_urgent: Whether it is news of the last days rather than how the desk is.
    """

    topic: str
    claim: Claim
    facts: Mapping[str, Any]
    names: Mapping[str, str]
    effect: Effect
    n: int
    start: date
    end: date
    tone: Tone
    first_said: date
    href: str
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class GapRow:
    """What could not be said: the slug of its heading, what is missing, and the numbers of that."""

    topic: str
    missing: Missing
    facts: Mapping[str, Any]


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
