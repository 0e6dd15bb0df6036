"""The plan: who is needed in each hour, what is then expected, and what one person more or fewer would mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from analytics.staffing.erlang import Floats
from analytics.staffing.live_queue import LiveOutcome
from analytics.staffing.plan import (
    ChannelDemand,
    DeskHours,
    Staff,
    WrittenOutcome,
    live_outcomes,
    needed_staff,
    written_outcome,
)
from analytics.staffing.shifts import Shift, covering_shifts
from etl.staffing.backlog import Unanswered
from etl.staffing.demand import Forecast, desk_demand
from etl.staffing.handle_times import HandleTimes
from etl.staffing.plan_hours import PlanHours
from etl.staffing.rules import DeskRules

RANGE: Final = (0.10, 0.90)
"""Quantiles of the demand that the range of people is for."""
CHANGES: Final = (-1, 0, 1)


@dataclass(frozen=True, slots=True)
class DeskPlan:
    """Who is needed, and what is then expected.

    Attributes:
        hours: Of the plan.
        desk: When the desk is open, and what is unanswered at the start.
        staff: For the quantile that is staffed for.
        low: If only the lower quantile of `RANGE` comes.
        high: If the upper one comes.
        planned: The demand staffed for.
        expected: The demand expected.
        live: People more or fewer -> what becomes of the expected live contacts.
        written: People more or fewer -> what becomes of the expected written work.
        shifts: Of people on the roster.
    """

    hours: PlanHours
    desk: DeskHours
    staff: Staff
    low: Staff
    high: Staff
    planned: Mapping[str, ChannelDemand]
    expected: Mapping[str, ChannelDemand]
    live: Mapping[int, Mapping[str, LiveOutcome]]
    written: Mapping[int, WrittenOutcome]
    shifts: tuple[Shift, ...]

    def written_level(self, change: int) -> float:
        """Return the share of all expected written contacts answered in time with so many people more or fewer."""
        outcome = self.written[change]
        return outcome.queue.in_time_share(outcome.arrivals)


def desk_plan(
    forecast: Forecast, times: HandleTimes, hours: PlanHours, open_share: Floats, waiting: Unanswered, rules: DeskRules
) -> DeskPlan:
    """Return the plan for the hours that are forecast."""
    desk = DeskHours(open_share, open_share, waiting.planned)
    live = frozenset(rules.staffing.live)

    def demand(quantile: float | None) -> Mapping[str, ChannelDemand]:
        return desk_demand(forecast, times, hours, live, quantile)

    expected, planned = demand(None), demand(rules.quantile)
    staff = needed_staff(planned, desk, rules.staffing)
    low, high = (needed_staff(demand(quantile), desk, rules.staffing) for quantile in RANGE)
    return DeskPlan(
        hours,
        desk,
        staff,
        low,
        high,
        planned,
        expected,
        {change: live_outcomes(staff, expected, desk, rules.staffing, change) for change in CHANGES},
        {change: written_outcome(staff, expected, desk, rules.staffing, change) for change in CHANGES},
        covering_shifts(staff.on_roster, rules.shift_hours),
    )
