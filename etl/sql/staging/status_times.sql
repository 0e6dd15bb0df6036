-- Per ticket with a status history: seconds in each kind of status until it was last solved.
with spans as (
    select
        history.ticket_id,
        history.status,
        history.changed_at as from_at,
        lead(history.changed_at) over (partition by history.ticket_id order by history.changed_at, history.id) as until_at,
        min(history.changed_at) over (partition by history.ticket_id) as first_change_at
    from support.ticket_status_history as history
    where /* scope: history.ticket_id */ true
),

totals as (
    select
        ticket_id,
        first_change_at,
        -- The last span has no end: nothing is waited for after the last solution.
        sum(extract(epoch from until_at - from_at)) filter (where status in ('new', 'open', 'on_hold')) as requester_wait,
        sum(extract(epoch from until_at - from_at)) filter (where status = 'pending') as agent_wait,
        sum(extract(epoch from until_at - from_at)) filter (where status = 'on_hold') as on_hold,
        bool_or(status in ('pending', 'on_hold')) as was_stopped
    from spans
    group by ticket_id, first_change_at
)

select
    ticket_id,
    first_change_at,
    was_stopped,
    coalesce(requester_wait, 0) as requester_wait_seconds,
    coalesce(agent_wait, 0) as agent_wait_seconds,
    coalesce(on_hold, 0) as on_hold_seconds
from totals
