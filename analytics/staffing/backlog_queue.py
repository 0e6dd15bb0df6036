"""Written contacts (e-mail, forms): a backlog that is worked off hour by hour, oldest first, each with a due time.

Erlang models do not fit here: nobody waits on the line, the backlog carries over nights, and what counts is whether
each contact is answered by its due time. The model treats contacts as a fluid. With `x` unanswered contacts (those
being worked on included), `a` arrivals an hour, `n` people and a handle time of `h` hours: dx/dt = a - min(x, n) / h.
Arrivals and people are constant within an hour. While all people are busy, x rises or falls in a straight line;
otherwise it approaches a·h exponentially.

The SLA clock: a contact is due when a number of open hours has passed since it came. Where the clock does not stop at
night, all hours count.

Source: the fluid limit of queues with many servers, A. Mandelbaum, W. Massey and M. Reiman (1998), "Strong
approximations for Markovian service networks".

Example: 10 contacts come each hour for 4 hours, each takes 6 minutes, and 20 are unanswered at the start. One person
answers 10 an hour, so that 20 stay unanswered. With two people, after about two hours only the one or two being worked
on are left.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.staffing.erlang import Floats
from analytics.staffing.errors import require

_POINTS_AN_HOUR: Final = 4
"""The contacts of an hour are represented by this many moments in it."""
_ALMOST: Final = 1e-9
_MILLIONTH: Final = 1e-6
_LATELY_HOURS: Final = 168


@dataclass(frozen=True, slots=True)
class OpeningBacklog:
    """The contacts unanswered at the start, oldest first.

    Attributes:
        ages_hours: Hours since each came, by the calendar.
        due_in_hours: When each is due, in hours of the SLA clock from the start; below 0 is overdue.
    """

    ages_hours: Floats
    due_in_hours: Floats

    def __post_init__(self) -> None:
        """Refuse ages and due times that do not belong together.

        Raises:
            StaffingInputError: If there are not as many ages as due times, or an age is below 0.
        """
        require(self.ages_hours.shape == self.due_in_hours.shape, "Each open contact has an age and a due time.")
        require(bool(np.all(self.ages_hours >= 0)), "A contact cannot be younger than now.")

    @property
    def count(self) -> int:
        """Number of contacts."""
        return int(self.ages_hours.size)


NO_BACKLOG: Final = OpeningBacklog(np.zeros(0), np.zeros(0))


@dataclass(frozen=True, slots=True)
class BacklogWork:
    """What has to be answered; one entry for each hour.

    Attributes:
        arrivals: Contacts that come in each hour.
        clock_share: Share of each hour in which the SLA clock runs, 0 to 1.
        due_hours: Hours of the SLA clock within which a contact is to be answered.
        opening: The contacts unanswered at the start.
    """

    arrivals: Floats
    clock_share: Floats
    due_hours: float
    opening: OpeningBacklog = NO_BACKLOG

    def __post_init__(self) -> None:
        """Refuse figures that no desk can have.

        Raises:
            StaffingInputError: If a figure is out of its range.
        """
        require(self.arrivals.shape == self.clock_share.shape, "Each hour has arrivals and a clock.")
        require(bool(np.all((self.arrivals >= 0) & np.isfinite(self.arrivals))), "The contacts have to be 0 or more.")
        require(bool(np.all((self.clock_share >= 0) & (self.clock_share <= 1))), "A clock runs for 0 to 1 of an hour.")
        require(0 < self.due_hours < np.inf, "The time to answer has to be more than 0.")

    @property
    def came(self) -> Floats:
        """Contacts so far at the start of each hour and at the end of the last; the opening backlog counts first."""
        return self.opening.count + np.concatenate(([0.0], np.cumsum(self.arrivals)))

    @property
    def clock(self) -> Floats:
        """Reading of the SLA clock, in hours, at the start of each hour and at the end of the last."""
        return np.concatenate(([0.0], np.cumsum(self.clock_share)))

    def due(self, catch_up_hours: float = 0.0) -> Floats:
        """Return how many contacts are to be answered by the start of each hour and by the end of the last.

        A new contact is due `due_hours` of the clock after it comes. The opening backlog may be due too soon to be
        answered in time; it gets `catch_up_hours`.

        Args:
            catch_up_hours: Hours of the clock in which the whole opening backlog has to be answered, even where parts
                of it are due earlier.
        """
        clock = self.clock
        due_in = np.sort(np.maximum(self.opening.due_in_hours, catch_up_hours))
        opening = np.searchsorted(due_in, clock - _ALMOST, side="right")
        return opening + self._came_by(clock - self.due_hours) - self.opening.count

    def _came_by(self, clock: Floats) -> Floats:
        """Return how many contacts had come when the clock showed a time, with all that came while it stood still."""
        # The last place where the clock shows a time: contacts that come while it stands count from when it restarts.
        ends = np.maximum.accumulate(np.maximum(clock, 0.0))
        shown, places = self.clock, np.arange(self.clock.size)
        after = np.clip(np.searchsorted(shown, ends + _ALMOST, side="right"), 1, places[-1])
        begin = after - 1
        passing = shown[after] - shown[begin]
        share = np.where(passing > 0, (ends - shown[begin]) / np.where(passing > 0, passing, 1.0), 0.0)
        total = self.came
        reached = total[begin] + np.clip(share, 0.0, 1.0) * (total[after] - total[begin])
        return np.where(clock < 0, float(self.opening.count), np.where(ends >= shown[-1], total[-1], reached))


@dataclass(frozen=True, slots=True)
class BacklogOutcome:
    """What becomes of the backlog; one entry for each hour.

    Attributes:
        backlog: Unanswered contacts at the end of the hour.
        oldest_age_hours: Hours since the oldest unanswered contact came; 0 when nothing is unanswered.
        answered: Contacts answered in the hour.
        in_time: Of the contacts that came in the hour, the share that is answered by its due time. Contacts due after
            the last hour count as in time if the pace of the last hours would answer them in time. NaN where none came.
    """

    backlog: Floats
    oldest_age_hours: Floats
    answered: Floats
    in_time: Floats

    def in_time_share(self, arrivals: Floats) -> float:
        """Return the share of all contacts answered by their due time; 1 when none came."""
        total = float(arrivals.sum())
        return 1.0 if total <= 0 else float(np.nansum(self.in_time * arrivals) / total)


def backlog_outcome(work: BacklogWork, people: Floats, handle_hours: float) -> BacklogOutcome:
    """Return what becomes of a backlog with a given number of people in each hour.

    Args:
        work: What has to be answered.
        people: People working in each hour, fractions allowed; 0 while the desk is closed.
        handle_hours: Mean time a person spends on a contact.

    Raises:
        StaffingInputError: If the number of people is below 0, or the handle time is not above 0.
    """
    require(bool(np.all(people >= 0)), "There cannot be fewer than 0 people.")
    require(0 < handle_hours < np.inf, "The handle time has to be more than 0.")
    unanswered, left = float(work.opening.count), []
    for arrivals, present in zip(work.arrivals.tolist(), people.tolist(), strict=True):
        unanswered = _after_an_hour(unanswered, arrivals, present, handle_hours)
        left.append(unanswered)
    backlog = np.array(left)
    done = np.maximum.accumulate(np.concatenate(([0.0], work.came[1:] - backlog)))
    return BacklogOutcome(backlog, _oldest_ages(work, done, backlog), np.diff(done), _in_time(work, done))


def _after_an_hour(unanswered: float, arrivals: float, people: float, handle: float) -> float:
    """Return the unanswered contacts an hour later: dx/dt = arrivals - min(x, people) / handle."""
    x, left = unanswered, 1.0
    busy_change, level = arrivals - people / handle, arrivals * handle
    if x < people:
        # Either all people never become busy, or they are busy from the moment at which x reaches their number.
        until_busy = handle * math.log((x - level) / (people - level)) if level > people else left
        if until_busy >= left:
            return level + (x - level) * math.exp(-left / handle)
        x, left = people, left - until_busy
    until_idle = (people - x) / busy_change if busy_change < 0 else left
    if until_idle >= left:
        return x + busy_change * left
    return level + (people - level) * math.exp(-(left - until_idle) / handle)


def _oldest_ages(work: BacklogWork, done: Floats, backlog: Floats) -> Floats:
    """Return the age of the oldest unanswered contact at the end of each hour."""
    came, ends = work.came, np.arange(1, done.size, dtype=np.float64)
    next_in_line = done[1:]
    hour = np.clip(np.searchsorted(came, next_in_line + _ALMOST, side="right") - 1, 0, work.arrivals.size - 1)
    arriving = work.arrivals[hour]
    arrived = hour + np.clip(
        np.where(arriving > _ALMOST, (next_in_line - came[hour]) / np.maximum(arriving, _ALMOST), 0.0), 0.0, 1.0
    )
    ages = ends - arrived
    if work.opening.count:
        place = np.minimum(next_in_line.astype(np.int64), work.opening.count - 1)
        ages = np.where(next_in_line < work.opening.count, ends + work.opening.ages_hours[place], ages)
    return np.where(backlog > _MILLIONTH, np.maximum(ages, 0.0), 0.0)


def _in_time(work: BacklogWork, done: Floats) -> Floats:
    """Return the share of each hour's contacts that is answered by its due time."""
    clock, came = work.clock, work.came
    hours = np.arange(clock.size, dtype=np.float64)
    met = np.zeros(work.arrivals.size)
    for point in range(_POINTS_AN_HOUR):
        share = (point + 0.5) / _POINTS_AN_HOUR
        numbers = came[:-1] + share * work.arrivals
        due = clock[:-1] + share * work.clock_share + work.due_hours
        # np.interp needs a rising clock. The small rise makes a due time fall on the first moment that shows it.
        due_hour = np.interp(due, clock + hours * _ALMOST, hours)
        answered = np.interp(due_hour, hours, done)
        is_later = due > clock[-1]
        answered = np.where(is_later, done[-1] + (due - clock[-1]) * _late_pace(done, clock), answered)
        met += answered >= numbers - _MILLIONTH
    return np.where(work.arrivals > 0, met / _POINTS_AN_HOUR, np.nan)


def _late_pace(done: Floats, clock: Floats) -> float:
    """Return the recent pace, in contacts answered an hour of the clock: over the last week, or over all hours."""
    start = max(0, done.size - 1 - _LATELY_HOURS)
    passed = clock[-1] - clock[start]
    return float((done[-1] - done[start]) / passed) if passed > 0 else 0.0
