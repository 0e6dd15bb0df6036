"""Service level agreements: which policy applies to a ticket, and where a target stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from analytics.business_time import BusinessCalendar


class SlaTarget(StrEnum):
    """The targets that a policy may promise."""

    FIRST_REPLY = "first_reply"
    NEXT_REPLY = "next_reply"
    RESOLUTION = "resolution"


class TargetState(StrEnum):
    """The state of one target."""

    MET = "met"
    MISSED = "missed"
    """Done, but after the due time."""
    RUNNING = "running"
    """Neither done nor due yet; counts neither as met nor as missed."""
    OVERDUE = "overdue"
    """Due but not done; shown separately until it is done."""
    ENDED_UNANSWERED = "ended_unanswered"
    """A next reply that never came, because the ticket was solved before it was due."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time [start, end) in which a ticket had a status; an end of None is not known yet."""

    status: str
    start: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True)
class SlaTraits:
    """The traits of a ticket that policies match, as they were when the clock started."""

    priority: str | None
    customer_type: str | None
    channel: str | None


@dataclass(frozen=True, slots=True)
class SlaPolicy:
    """One policy.

    Attributes:
        name: Its name.
        position: Of the policies that match, the one with the lowest position applies.
        priority: Matches this priority only; None matches any.
        customer_type: Matches this customer type only; None matches any.
        channel: Matches this channel only; None matches any.
        calendar: The calendar whose open time counts; None counts every minute.
        target_minutes: Minutes promised for each target; a target that is missing is not promised.
        valid_from: First instant at which the policy holds; None means it always has.
        valid_until: First instant at which the policy no longer holds; None means it still does.
        pauses: The statuses in which each target's clock stands still.
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
    pauses: tuple[tuple[SlaTarget, tuple[str, ...]], ...] = ()

    def matches(self, traits: SlaTraits, at: datetime) -> bool:
        """Say whether the policy applies to such a ticket at an instant."""
        begun = self.valid_from is None or self.valid_from <= at
        ended = self.valid_until is not None and self.valid_until <= at
        wanted = ((self.priority, traits.priority), (self.channel, traits.channel))
        fits = all(want is None or want == have for want, have in wanted)
        return begun and not ended and fits and self.customer_type in {None, traits.customer_type}

    def due_at(self, target: SlaTarget, started_at: datetime) -> datetime | None:
        """Return when a target is due; None when it is not promised, or the desk has too few open hours."""
        minutes = dict(self.target_minutes).get(target)
        if minutes is None:
            return None
        return self._after(started_at, minutes * 60)

    def due_with_pauses(
        self, target: SlaTarget, started_at: datetime, paused: Iterable[Stretch]
    ) -> tuple[datetime | None, bool]:
        """Return when a target is due, and whether its clock stands still before that, for nobody knows how long.

        Args:
            target: A target that the policy promises.
            started_at: When its clock started.
            paused: When its clock stood still, in order of time.
        """
        left = timedelta(minutes=dict(self.target_minutes)[target])
        at = started_at
        for stretch in paused:
            if stretch.end is not None and stretch.end <= at:
                continue
            running = self.worked(at, max(at, stretch.start))
            if running >= left:
                break
            left -= running
            if stretch.end is None:
                return None, True
            at = max(at, stretch.end)
        return self._after(at, left.total_seconds()), False

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """Return the time between two instants that counts for the policy."""
        if self.calendar is None:
            return end - start
        return timedelta(seconds=self.calendar.business_seconds(start, end))

    def _after(self, at: datetime, seconds: float) -> datetime | None:
        if self.calendar is None:
            return at + timedelta(seconds=seconds)
        return self.calendar.add_business_seconds(at, seconds)


def select_policy(policies: Iterable[SlaPolicy], traits: SlaTraits, at: datetime) -> SlaPolicy | None:
    """Return the policy with the lowest position that matches; None when none does."""
    matching = (policy for policy in policies if policy.matches(traits, at))
    return min(matching, key=lambda policy: policy.position, default=None)


def target_state(due_at: datetime, done_at: datetime | None, now: datetime) -> TargetState:
    """Return the state of a target; a target that is done exactly when due is met."""
    if done_at is not None:
        return TargetState.MET if done_at <= due_at else TargetState.MISSED
    return TargetState.RUNNING if now <= due_at else TargetState.OVERDUE
