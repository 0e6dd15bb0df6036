-- Open time of tickets whose calendar changed on the way: each stretch counts by the calendar that was in force then.
with clocks as (
    select
        scope.ticket_id,
        :target_resolution as target,
        0 as place,
        scope.created_at as start_at,
        statuses.last_solved_at as end_at,
        false as is_pause
    from ticket_scope as scope
    inner join ticket_statuses as statuses on scope.ticket_id = statuses.ticket_id
    where statuses.is_solved
    union all
    select
        scope.ticket_id,
        :target_first_reply,
        0,
        coalesce(replies.clock_starts_at, scope.created_at),
        case when replies.ticket_id is null then scope.first_replied_at else replies.replied_at end,
        false
    from ticket_scope as scope
    left join first_replies as replies on scope.ticket_id = replies.ticket_id
    union all
    select ticket_id, :target_next_reply, place, asked_at, ended_at, false
    from next_asks
    where is_answered
    union all
    select
        pauses.ticket_id,
        :target_resolution,
        0,
        greatest(pauses.from_at, scope.created_at),
        least(pauses.until_at, statuses.last_solved_at),
        true
    from ticket_pauses as pauses
    inner join ticket_scope as scope on pauses.ticket_id = scope.ticket_id
    inner join ticket_statuses as statuses on pauses.ticket_id = statuses.ticket_id
    where pauses.is_net and statuses.is_solved
),

pieces as (
    select
        clocks.ticket_id,
        clocks.target,
        clocks.place,
        clocks.is_pause,
        stretches.calendar_id,
        marts.microseconds(greatest(clocks.start_at, stretches.from_at)) as from_us,
        marts.microseconds(least(clocks.end_at, stretches.until_at)) as until_us
    from clocks
    inner join calendar_stretches as stretches
        on
            clocks.ticket_id = stretches.ticket_id
            and clocks.start_at < stretches.until_at
            and clocks.end_at > stretches.from_at
            and clocks.end_at > clocks.start_at
),

timed as (
    select
        pieces.*,
        marts.open_microseconds(ended.open_seconds_before, ended.open_minutes, pieces.until_us)
        - marts.open_microseconds(begun.open_seconds_before, begun.open_minutes, pieces.from_us) as open_us
    from pieces
    left join marts.business_days as begun
        on pieces.calendar_id = begun.calendar_id and marts.utc_day(pieces.from_us) = begun.utc_day
    left join marts.business_days as ended
        on pieces.calendar_id = ended.calendar_id and marts.utc_day(pieces.until_us) = ended.utc_day
)

select
    ticket_id,
    target,
    place,
    sum(case when not is_pause then open_us end)::bigint as open_us,
    coalesce(sum(case when is_pause then open_us end), 0)::bigint as left_out_open_us
from timed
group by ticket_id, target, place
