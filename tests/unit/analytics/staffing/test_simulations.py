"""The formulas agree with desks that are played through contact by contact (SimPy), within the standard error."""

from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pytest
import simpy

from analytics.staffing.backlog_queue import BacklogWork, backlog_outcome
from analytics.staffing.erlang import Floats
from analytics.staffing.live_queue import LiveLoad, LiveTarget, live_outcome
from standalone.bookshop.arrivals import plan_arrivals
from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.opening_hours import OpeningHours, midnight

RUNS = 24
MOST_ERRORS = 3.0
"""Standard errors that chance may be away: 0.3 % of the comparisons would be further off."""


@dataclass(slots=True)
class Line:
    """A live channel that is played through: who came, and what became of them."""

    rng: np.random.Generator
    agents: int
    gap: float
    handle: float
    patience: float | None
    within: float
    until: float
    warm: float
    waits: list[float] = field(default_factory=list)
    in_time: list[bool] = field(default_factory=list)
    gave_up: list[bool] = field(default_factory=list)

    def play(self) -> None:
        """Let contacts come until the end."""
        environment = simpy.Environment()
        desk = simpy.Resource(environment, self.agents)
        environment.process(self._arrivals(environment, desk))
        environment.run(self.until)

    def _arrivals(self, environment: simpy.Environment, desk: simpy.Resource) -> Generator[simpy.Event, object, None]:
        while True:
            yield environment.timeout(self.rng.exponential(self.gap))
            environment.process(self._contact(environment, desk))

    def _contact(self, environment: simpy.Environment, desk: simpy.Resource) -> Generator[simpy.Event, object, None]:
        came = environment.now
        with desk.request() as turn:
            if self.patience is None:
                yield turn
            else:
                yield turn | environment.timeout(self.rng.exponential(self.patience))
            waited = environment.now - came
            if came >= self.warm:
                self.waits.append(waited)
                self.in_time.append(turn.triggered and waited <= self.within)
                self.gave_up.append(not turn.triggered)
            if turn.triggered:
                yield environment.timeout(self.rng.exponential(self.handle))


def agrees(simulated: list[float], expected: float) -> bool:
    """Tell whether a figure lies within the standard error of independent runs, times what chance may do."""
    error = np.std(simulated, ddof=1) / np.sqrt(len(simulated))
    return bool(abs(np.mean(simulated) - expected) <= MOST_ERRORS * error)


@pytest.mark.parametrize(("agents", "patience"), [(12, None), (14, None), (10, 120.0), (12, 120.0), (8, 60.0)])
def test_a_live_channel_is_as_the_formula_says(agents: int, patience: float | None) -> None:
    """Service level, mean wait and who gives up of a channel played through are those of Erlang C or A."""
    lines = []
    for run in range(RUNS):
        line = Line(np.random.default_rng([agents, run]), agents, 18.0, 180.0, patience, 20.0, 40_000.0, 6_000.0)
        line.play()
        lines.append(line)
    load = LiveLoad(np.array([100.0]), 1800.0, np.array([180.0]))
    expected = live_outcome(np.array([agents]), load, LiveTarget(0.8, 20, patience_seconds=patience))
    assert agrees([float(np.mean(line.in_time)) for line in lines], expected.service_level[0])
    assert agrees([float(np.mean(line.waits)) for line in lines], expected.mean_wait_seconds[0])
    if patience is not None:
        assert agrees([float(np.mean(line.gave_up)) for line in lines], expected.abandon_rate[0])


HOUR = 3600
HANDLE = 600.0
DUE_HOURS = 4.0
DAYS = 14


@dataclass(frozen=True, slots=True)
class Mail:
    """The bookshop's own arrivals over two weeks.

    Attributes:
        at: Open seconds at which each contact comes; what comes at night comes at opening.
        by_hour: Contacts of each hour of the calendar.
        is_open: Whether the desk is open, by hour of the calendar.
    """

    at: Floats
    by_hour: Floats
    is_open: Floats


def bookshop_mail() -> Mail:
    """Return two weeks of a large bookshop's tickets."""
    until = date(2026, 3, 1)
    plan = plan_arrivals(np.random.default_rng(5), 400_000, read_effects(), until)
    first = len(plan.days) - DAYS
    at, _, _ = plan.instants(np.random.default_rng(6), first, len(plan.days))
    hours = OpeningHours.between(plan.days[first], until, is_always_open=False)
    starts = midnight(plan.days[first]) + np.arange(DAYS * 24) * HOUR
    by_hour = np.bincount((at - starts[0]) // HOUR, minlength=starts.size).astype(np.float64)
    return Mail(np.sort(hours.elapsed(at)).astype(np.float64), by_hour, hours.is_open(starts).astype(np.float64))


def played(mail: Mail, agents: int, seed: int) -> tuple[Floats, float]:
    """Return the unanswered contacts at the end of each open hour and the share answered in time."""
    rng, finished = np.random.default_rng(seed), np.full(mail.at.size, np.inf)
    environment = simpy.Environment()
    desk = simpy.Resource(environment, agents)

    def contact(place: int) -> Generator[simpy.Event, object, None]:
        with desk.request() as turn:
            yield turn
            yield environment.timeout(rng.exponential(HANDLE))
            finished[place] = environment.now

    def arrivals() -> Generator[simpy.Event, object, None]:
        for place, at in enumerate(mail.at):
            yield environment.timeout(at - environment.now)
            environment.process(contact(place))

    environment.process(arrivals())
    environment.run()
    ends = np.arange(1, int(mail.is_open.sum()) + 1) * HOUR
    # What comes after closing comes at the next opening, which is the same moment of the open clock.
    came, done = np.searchsorted(mail.at, ends, side="left"), np.searchsorted(np.sort(finished), ends)
    return (came - done).astype(np.float64), float(np.mean(finished - mail.at <= DUE_HOURS * HOUR))


@pytest.mark.parametrize("agents", [19, 21, 24])
def test_written_work_is_as_the_model_says(agents: int) -> None:
    """The backlog and the share in time of a desk played through, on the bookshop's own arrivals, are the model's."""
    mail = bookshop_mail()
    work = BacklogWork(mail.by_hour, mail.is_open, DUE_HOURS)
    expected = backlog_outcome(work, mail.is_open * agents, HANDLE / HOUR)
    runs = [played(mail, agents, seed) for seed in range(8)]
    assert agrees([float(backlog.mean()) for backlog, _ in runs], float(expected.backlog[mail.is_open > 0].mean()))
    assert agrees([share for _, share in runs], expected.in_time_share(mail.by_hour))
