-- For each target of a ticket whose clock stood still: how long, in the microseconds that count for the target. Pauses
-- after a target had fallen due do not count for the due time. `is_paused` says that a pause lasts until the end, or
-- until now; `stands_still` that it began before the target was due.
with clocks as (
    select
        scope.ticket_id,
        :target_resolution as target,
        0 as place,
        scope.created_at as start_at,
        case when statuses.is_solved then statuses.last_solved_at end as end_at
    from ticket_scope as scope
    inner join ticket_statuses as statuses on scope.ticket_id = statuses.ticket_id
    where scope.ticket_id in (select pauses.ticket_id from ticket_pauses as pauses)
    union all
    select
        scope.ticket_id,
        :target_first_reply,
        0,
        coalesce(replies.clock_starts_at, scope.created_at),
        coalesce(
            replies.replied_at, scope.first_replied_at, case when statuses.is_solved then statuses.last_solved_at end
        )
    from ticket_scope as scope
    left join first_replies as replies on scope.ticket_id = replies.ticket_id
    left join ticket_statuses as statuses on scope.ticket_id = statuses.ticket_id
    where
        scope.ticket_id in (
            select pauses.ticket_id from ticket_pauses as pauses
            where pauses.is_first_reply
        )
    union all
    select ticket_id, :target_next_reply, place, asked_at, ended_at
    from next_asks
    where ticket_id in (
        select pauses.ticket_id from ticket_pauses as pauses
        where pauses.is_next_reply
    )
),

targeted as (
    select
        clocks.*,
        choice.calendar_id is null as is_elapsed,
        coalesce(choice.calendar_id, team_calendar.calendar_id, scope.calendar_id) as calendar_id,
        1000000 * (
            case clocks.target
                when :target_resolution then choice.resolution_seconds
                when :target_first_reply then choice.first_reply_seconds
                else choice.next_reply_seconds
            end
        )::bigint as target_us
    from clocks
    inner join ticket_scope as scope on clocks.ticket_id = scope.ticket_id
    left join field_spans as priority_then
        on
            clocks.ticket_id = priority_then.ticket_id
            and priority_then.field = 'priority'
            and coalesce(clocks.end_at, now()) >= priority_then.from_at
            and coalesce(clocks.end_at, now()) < priority_then.until_at
    left join marts.sla_policy_choices as choice
        on
            case when priority_then.ticket_id is null then scope.priority else coalesce(priority_then.value, '') end
            = choice.priority
            and scope.customer_type = choice.customer_type
            and scope.channel = choice.channel
            and coalesce(clocks.end_at, now()) >= choice.valid_from_at
            and coalesce(clocks.end_at, now()) < choice.valid_until_at
    left join field_spans as team_then
        on
            clocks.ticket_id = team_then.ticket_id
            and team_then.field = 'team'
            and coalesce(clocks.end_at, now()) >= team_then.from_at
            and coalesce(clocks.end_at, now()) < team_then.until_at
    left join team_calendars as team_calendar
        on case when team_then.ticket_id is null then scope.team else team_then.value end = team_calendar.team
    where not scope.is_date_only
),

stretches as (
    select
        targeted.*,
        pauses.is_net,
        pauses.is_resolution or targeted.target <> :target_resolution as is_pause,
        pauses.until_at >= coalesce(targeted.end_at, 'infinity'::timestamptz) as is_at_end,
        marts.microseconds(targeted.start_at) as start_us,
        marts.microseconds(greatest(pauses.from_at, targeted.start_at)) as from_us,
        case
            when pauses.until_at < 'infinity'::timestamptz or targeted.end_at is not null
                then marts.microseconds(least(pauses.until_at, targeted.end_at))
        end as until_us
    from targeted
    inner join ticket_pauses as pauses
        on
            targeted.ticket_id = pauses.ticket_id
            and pauses.from_at < coalesce(targeted.end_at, 'infinity'::timestamptz)
            and targeted.start_at < pauses.until_at
            and case targeted.target
                when :target_resolution then pauses.is_net
                when :target_first_reply then pauses.is_first_reply
                else pauses.is_next_reply
            end
),

timed as (
    select
        stretches.*,
        marts.open_microseconds(ended.open_seconds_before, ended.open_minutes, stretches.until_us)
        - marts.open_microseconds(begun.open_seconds_before, begun.open_minutes, stretches.from_us) as open_us,
        case
            when stretches.is_elapsed then stretches.from_us - stretches.start_us
            else
                marts.open_microseconds(begun.open_seconds_before, begun.open_minutes, stretches.from_us)
                - marts.open_microseconds(started.open_seconds_before, started.open_minutes, stretches.start_us)
        end as passed_us
    from stretches
    left join marts.business_days as started
        on stretches.calendar_id = started.calendar_id and marts.utc_day(stretches.start_us) = started.utc_day
    left join marts.business_days as begun
        on stretches.calendar_id = begun.calendar_id and marts.utc_day(stretches.from_us) = begun.utc_day
    left join marts.business_days as ended
        on stretches.calendar_id = ended.calendar_id and marts.utc_day(stretches.until_us) = ended.utc_day
),

ordered as (
    select
        timed.*,
        case
            when timed.is_pause and timed.is_elapsed then timed.until_us - timed.from_us
            when timed.is_pause then timed.open_us
        end as paused_us,
        timed.passed_us - coalesce(
            sum(
                case
                    when timed.is_pause
                        then case when timed.is_elapsed then timed.until_us - timed.from_us else timed.open_us end
                end
            ) over (
                partition by timed.ticket_id, timed.target, timed.place
                order by timed.from_us
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as worked_us
    from timed
)

select
    ticket_id,
    target,
    place,
    coalesce(sum(case when worked_us < target_us then paused_us end), 0)::bigint as counted_us,
    coalesce(sum(paused_us), 0)::bigint as paused_us,
    coalesce(bool_or(is_at_end and is_pause), false) as is_paused,
    coalesce(bool_or(is_at_end and is_pause and worked_us < target_us), false) as stands_still,
    sum(case when is_net then until_us - from_us end)::bigint as net_us,
    sum(case when is_net then open_us end)::bigint as net_open_us
from ordered
group by ticket_id, target, place
