"""Makes the plan: people needed in each hour, the expected results, and those with one person more or fewer."""

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
"""Quantiles of the demand at the ends of the range of people."""
CHANGES: Final = (-1, 0, 1)


@dataclass(frozen=True, slots=True)
class DeskPlan:
    """How many people are needed, and the results to expect with them.

    Attributes:
        hours: The hours of the plan.
        desk: When the desk is open, and what is unanswered at the start.
        staff: People needed for the quantile that the plan is made for.
        low: People needed if the demand is at the lower quantile of `RANGE`.
        high: People needed if the demand is at the upper quantile of `RANGE`.
        planned: The demand that the plan is made for.
        expected: The expected demand.
        live: Number of people more or fewer -> results for the expected live contacts.
        written: Number of people more or fewer -> results for the expected written work.
        shifts: Shifts that cover the people on the roster.
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
        """Return the share of expected written contacts answered in time with some people more or fewer."""
        outcome = self.written[change]
        return outcome.queue.in_time_share(outcome.arrivals)


def desk_plan(
    forecast: Forecast, times: HandleTimes, hours: PlanHours, open_share: Floats, waiting: Unanswered, rules: DeskRules
) -> DeskPlan:
    """Return the plan for hours that have a forecast."""
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
