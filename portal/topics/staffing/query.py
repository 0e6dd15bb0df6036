"""The plan, the settings and the roster, as the Staffing page and its exports read them.

They are read anew each time: a roster or a setting changes without a new version of the data.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from analytics.vocabulary import TOTAL_SERIES
from portal.topics.staffing.dataset import (
    ChannelTarget,
    ChannelWeek,
    PlanHour,
    PlanOutcome,
    PlanShift,
    PlanSummary,
    RestOfToday,
    StaffingSettings,
    StaffingWeek,
)

_WEEK: Final = timedelta(days=7)
_SUMMARY: Final = sa.text("""
select plan.*, first_date, last_date
from marts.staffing_plan as plan
cross join (
    select
        coalesce(min(local_date) filter (where open_share > 0), min(local_date)) as first_date,
        max(local_date) as last_date
    from marts.staffing_hours
) as span
""")
_HOURS: Final = sa.text("""
select hour.*,
    coalesce((
        select sum(extract(epoch from
            least(entry.ends_at, hour.starts_at + interval '1 hour') - greatest(entry.starts_at, hour.starts_at)
        )) / 3600 / hour.open_share
        from marts.roster_entries as entry
        where entry.starts_at < hour.starts_at + interval '1 hour' and entry.ends_at > hour.starts_at
    ), 0) as rostered
from marts.staffing_hours as hour
where hour.local_date >= :first and hour.local_date < :after and hour.open_share > 0
order by hour.starts_at
""")
_CHANNELS: Final = sa.text("""
select channel,
    sum(contacts * open_share) as contacts,
    coalesce(sum(handle_seconds * contacts) / nullif(sum(contacts), 0), avg(handle_seconds)) as handle_seconds,
    min(channel.people) as least_people,
    max(channel.people) as most_people,
    coalesce(sum(level_fewer * contacts) / nullif(sum(contacts), 0), avg(level_fewer)) as level_fewer,
    coalesce(sum(level * contacts) / nullif(sum(contacts), 0), avg(level)) as level,
    coalesce(sum(level_more * contacts) / nullif(sum(contacts), 0), avg(level_more)) as level_more,
    coalesce(sum(abandon_rate * contacts) / nullif(sum(contacts), 0), 0) as abandon_rate
from marts.staffing_channel_hours as channel
inner join marts.staffing_hours as hour on channel.starts_at = hour.starts_at
where hour.local_date >= :first and hour.local_date < :after
group by channel
order by channel
""")
_SHIFTS: Final = sa.text("""
select starts_at, ends_at, people from marts.staffing_shifts
where (starts_at at time zone :zone)::date >= :first and (starts_at at time zone :zone)::date < :after
order by starts_at, ends_at
""")


def plan_summary(connection: sa.Connection, time_zone: str) -> PlanSummary:
    """Return what the newest plan is made from, or that there never was one."""
    row = connection.execute(_SUMMARY).one_or_none()
    if row is None:
        return PlanSummary(PlanOutcome.NEVER, time_zone)
    levels = tuple(
        1.0 if level is None else level
        for level in (row.written_level_fewer, row.written_level, row.written_level_more)
    )
    return PlanSummary(
        PlanOutcome(row.outcome),
        time_zone,
        row.first_date,
        row.last_date,
        row.cutoff_date,
        row.quantile,
        row.shrinkage,
        row.cost_per_hour,
        row.currency,
        row.written_due_minutes,
        row.handled_count,
        row.opening_count,
        row.forgotten_count,
        (levels[0], levels[1], levels[2]),
    )


def staffing_week(connection: sa.Connection, summary: PlanSummary, monday: date) -> StaffingWeek:
    """Return a week of the plan with the roster beside it."""
    hours = plan_hours(connection, summary, monday, monday + _WEEK)
    days = {"first": monday, "after": monday + _WEEK}
    targets = {target.channel: target for target in staffing_settings(connection).targets}
    channels = tuple(_channel(row, targets.get(row.channel)) for row in connection.execute(_CHANNELS, days))
    shifts = plan_shifts(connection, summary, monday, monday + _WEEK)
    return StaffingWeek(summary, monday, hours, channels, shifts, any(hour.rostered for hour in hours))


def plan_hours(connection: sa.Connection, summary: PlanSummary, first: date, after: date) -> tuple[PlanHour, ...]:
    """Return the open hours of the days from the first to before another."""
    zone = ZoneInfo(summary.time_zone)
    rows = connection.execute(_HOURS, {"first": first, "after": after})
    return tuple(
        PlanHour(
            _wall(row.starts_at, zone),
            row.open_share,
            row.people,
            row.roster_people,
            row.roster_people_low,
            row.roster_people_high,
            float(row.rostered),
            row.backlog,
            row.oldest_age_hours,
        )
        for row in rows
    )


def plan_shifts(connection: sa.Connection, summary: PlanSummary, first: date, after: date) -> tuple[PlanShift, ...]:
    """Return the shifts that begin on the days from the first to before another; their times know their zone."""
    zone = ZoneInfo(summary.time_zone)
    rows = connection.execute(_SHIFTS, {"first": first, "after": after, "zone": summary.time_zone})
    return tuple(PlanShift(_wall(row.starts_at, zone), _wall(row.ends_at, zone), row.people) for row in rows)


def rest_of_today(connection: sa.Connection, time_zone: str, today: date) -> RestOfToday | None:
    """Return what is left of today, in total; None where today's tickets are not counted by the hour."""
    asked = sa.text("select * from marts.demand_today where series_key = :total and ds = :today")
    row = connection.execute(asked, {"total": TOTAL_SERIES, "today": today}).one_or_none()
    if row is None:
        return None
    return RestOfToday(
        _wall(row.made_at, ZoneInfo(time_zone)),
        row.passed_hours,
        row.so_far,
        row.expected_so_far,
        row.expected_left,
        row.expected,
        row.q10,
        row.q90,
    )


def staffing_settings(connection: sa.Connection) -> StaffingSettings:
    """Return what a manager has set."""
    row = connection.execute(sa.text("select * from marts.staffing_settings")).one()
    targets = connection.execute(sa.text("select * from marts.staffing_targets order by channel"))
    return StaffingSettings(
        row.shrinkage,
        row.occupancy_cap,
        row.minimum_people,
        row.cost_per_hour,
        row.currency,
        row.quantile,
        row.is_blended,
        row.shift_hours,
        row.written_due_minutes,
        tuple(
            ChannelTarget(each.channel, each.service_level, each.within_seconds, each.patience_seconds)
            for each in targets
        ),
    )


def _channel(row: sa.Row[Sequence[object]], target: ChannelTarget | None) -> ChannelWeek:
    return ChannelWeek(
        row.channel,
        row.contacts,
        row.handle_seconds,
        (row.least_people, row.most_people),
        (row.level_fewer, row.level, row.level_more),
        target,
        row.abandon_rate,
    )


def _wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone)
