"""Service level agreements: which policy applies to a ticket, and where a target stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from analytics.business_time import BusinessCalendar


class SlaTarget(StrEnum):
    """What a policy promises."""

    FIRST_REPLY = "first_reply"
    NEXT_REPLY = "next_reply"
    RESOLUTION = "resolution"


class TargetState(StrEnum):
    """Where one promise stands."""

    MET = "met"
    MISSED = "missed"
    """Done, but after it was due."""
    RUNNING = "running"
    """Not done and not yet due; counts in neither part of the attainment."""
    OVERDUE = "overdue"
    """Not done though due; shown apart until it is done."""


@dataclass(frozen=True, slots=True)
class SlaTraits:
    """What a policy looks at, as it was when the clock started."""

    priority: str
    customer_type: str | None
    channel: str


@dataclass(frozen=True, slots=True)
class SlaPolicy:
    """One policy.

    Attributes:
        name: Its name.
        position: Of the policies that match, the lowest applies.
        priority: Matches this priority only; None matches any. So for the two below.
        customer_type: See above.
        channel: See above.
        calendar: Whose open time counts; None counts every minute.
        target_minutes: Minutes promised for each target; a target that is missing is not promised.
        valid_from: First instant at which it holds; None means always did.
        valid_until: First instant at which it no longer holds; None means still does.
    """

    name: str
    position: int
    target_minutes: tuple[tuple[SlaTarget, int], ...]
    priority: str | None = None
    customer_type: str | None = None
    channel: str | None = None
    calendar: BusinessCalendar | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None

    def matches(self, traits: SlaTraits, at: datetime) -> bool:
        """Say whether the policy applies to such a ticket at an instant."""
        begun = self.valid_from is None or self.valid_from <= at
        ended = self.valid_until is not None and self.valid_until <= at
        wanted = ((self.priority, traits.priority), (self.channel, traits.channel))
        fits = all(want is None or want == have for want, have in wanted)
        return begun and not ended and fits and self.customer_type in {None, traits.customer_type}

    def due_at(self, target: SlaTarget, started_at: datetime) -> datetime | None:
        """Return when a target is due; None when it is not promised, or the desk never opens for so long."""
        minutes = dict(self.target_minutes).get(target)
        if minutes is None:
            return None
        if self.calendar is None:
            return started_at + timedelta(minutes=minutes)
        return self.calendar.add_business_seconds(started_at, minutes * 60)


def select_policy(policies: Iterable[SlaPolicy], traits: SlaTraits, at: datetime) -> SlaPolicy | None:
    """Return the policy with the lowest position that matches; None when none does."""
    matching = (policy for policy in policies if policy.matches(traits, at))
    return min(matching, key=lambda policy: policy.position, default=None)


def target_state(due_at: datetime, done_at: datetime | None, now: datetime) -> TargetState:
    """Return where a target stands; what is done on the due instant is met."""
    if done_at is not None:
        return TargetState.MET if done_at <= due_at else TargetState.MISSED
    return TargetState.RUNNING if now <= due_at else TargetState.OVERDUE
