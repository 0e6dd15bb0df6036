"""Ratings over time, by kind of ticket, and one by one."""

from dataclasses import dataclass
from datetime import date, datetime

from analytics.mix_effect import MixEffect
from analytics.standing import Standing
from portal.numbers.reading import Judged, Reading, Series


@dataclass(frozen=True, slots=True)
class Ratings:
    """CSAT over time, with who answers.

    Attributes:
        grain: "week" or "month".
        csat: Share of good ratings of each stretch; n is ratings.
        answered: Share of surveys answered of each stretch, at the places of `csat`; n is surveys.
        now: CSAT of the period.
        before: CSAT of the comparison; None without one.
        judged: What is known of the change.
        response: Share of surveys answered of the period.
        is_partial: Whether stretches that the period cuts are not drawn.
    """

    grain: str
    csat: Series
    answered: tuple[Reading, ...]
    now: Reading
    before: Reading | None
    judged: Judged
    response: Reading
    is_partial: bool


@dataclass(frozen=True, slots=True)
class RatedPart:
    """One value of a dimension.

    Attributes:
        label: What a manager calls it.
        csat: Share of good ratings; n is ratings.
        low: Lower end of its 95 % interval.
        high: Upper end.
        standing: Against all other ratings.
        href: Its rated tickets.
    """

    label: str
    csat: Reading
    low: float
    high: float
    standing: Standing
    href: str


@dataclass(frozen=True, slots=True)
class RatedParts:
    """CSAT by a dimension.

    Attributes:
        dimension: Its name in words.
        parts: Best rated first.
        whole: CSAT of all.
    """

    dimension: str
    parts: tuple[RatedPart, ...]
    whole: Reading


@dataclass(frozen=True, slots=True)
class Moved:
    """The change of CSAT, taken apart.

    Attributes:
        dimension: The name in words of what ratings are told apart by.
        now: CSAT of the period.
        before: CSAT of the comparison.
        effect: Its parts, which add up to the change; None where one of the periods has no ratings.
        steps: What each value of the dimension adds within itself, (label, share of 1), largest first; with
            `effect.mix` they add up to the change.
        is_clear: Whether the change is more than chance.
    """

    dimension: str
    now: Reading
    before: Reading
    effect: MixEffect | None
    steps: tuple[tuple[str, float], ...]
    is_clear: bool


@dataclass(frozen=True, slots=True)
class LowRating:
    """One rating of 1 or 2.

    Attributes:
        ticket_id: The ticket.
        subject: Of the ticket.
        category: What a manager calls its category.
        agent: Credited with it; None when nobody is.
        rating: 1 or 2.
        rated_at: When.
        rated_on: Day of the desk.
        comment: What the customer wrote; None when nothing.
    """

    ticket_id: int
    subject: str
    category: str
    agent: str | None
    rating: int
    rated_at: datetime
    rated_on: date
    comment: str | None


@dataclass(frozen=True, slots=True)
class LowRatings:
    """A page of low ratings.

    Attributes:
        rows: Those with a comment first, then the lowest, then the newest.
        total: On all pages.
        commented: Those with a comment, on all pages.
        page: From 1.
    """

    rows: tuple[LowRating, ...]
    total: int
    commented: int
    page: int
