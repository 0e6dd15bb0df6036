-- For tickets whose calendar changed on the way, with their policy or their team: which calendar was in force when.
with calendars as (
    select count(distinct calendar_id) > 1 as are_several
    from (
        select calendar_id from marts.sla_policy_choices
        union all
        select calendar_id from team_calendars
        union all
        select id from support.business_calendars
        where is_default
    ) as named
),

cuts as (
    select ticket_id, from_at
    from field_spans
    where field in ('priority', 'team') and (select calendars.are_several from calendars)
    union
    select scope.ticket_id, changes.valid_from_at
    from (
        select distinct valid_from_at from marts.sla_policy_choices
        where valid_from_at > '-infinity'::timestamptz
    ) as changes
    inner join ticket_scope as scope on changes.valid_from_at > scope.created_at
    left join ticket_statuses as statuses on scope.ticket_id = statuses.ticket_id
    where
        (select calendars.are_several from calendars)
        and not coalesce(statuses.is_solved and statuses.last_solved_at < changes.valid_from_at, false)
),

begun as (
    select
        starts.ticket_id,
        starts.from_at,
        -- Nothing is counted before the creation.
        greatest(starts.from_at, scope.created_at) as seen_at
    from (
        select ticket_id, from_at from cuts
        union
        select ticket_id, '-infinity'::timestamptz from cuts
    ) as starts
    inner join ticket_scope as scope on starts.ticket_id = scope.ticket_id
),

in_force as (
    select
        begun.ticket_id,
        begun.from_at,
        lead(begun.from_at, 1, 'infinity'::timestamptz) over (partition by begun.ticket_id order by begun.from_at)
            as until_at,
        coalesce(choice.calendar_id, team_calendar.calendar_id, scope.calendar_id) as calendar_id
    from begun
    inner join ticket_scope as scope on begun.ticket_id = scope.ticket_id
    left join field_spans as priority_then
        on
            begun.ticket_id = priority_then.ticket_id
            and priority_then.field = 'priority'
            and begun.seen_at >= priority_then.from_at
            and begun.seen_at < priority_then.until_at
    left join field_spans as team_then
        on
            begun.ticket_id = team_then.ticket_id
            and team_then.field = 'team'
            and begun.seen_at >= team_then.from_at
            and begun.seen_at < team_then.until_at
    left join marts.sla_policy_choices as choice
        on
            case when priority_then.ticket_id is null then scope.priority else coalesce(priority_then.value, '') end
            = choice.priority
            and scope.customer_type = choice.customer_type
            and scope.channel = choice.channel
            and begun.seen_at >= choice.valid_from_at
            and begun.seen_at < choice.valid_until_at
    left join team_calendars as team_calendar
        on case when team_then.ticket_id is null then scope.team else team_then.value end = team_calendar.team
    where not scope.is_date_only
),

moved as (
    select in_force.ticket_id
    from in_force
    group by in_force.ticket_id
    having min(in_force.calendar_id) <> max(in_force.calendar_id)
)

select in_force.*
from in_force
inner join moved on in_force.ticket_id = moved.ticket_id
