-- For each ticket: when it was solved and reopened, and the seconds in each kind of status until its latest solution.
select
    ticket_id,
    min(changed_at) filter (where is_solved and not was_solved) as first_solved_at,
    max(changed_at) filter (where is_solved and not was_solved) as last_solved_at,
    count(*) filter (where is_solved and not was_solved) as solved_count,
    count(*) filter (where was_solved and not is_solved and not is_automatic) as reopen_count,
    sum(is_solved::integer - was_solved::integer) > 0 as is_solved,
    min(changed_at) as first_change_at,
    -- The last step has no end, so it adds nothing: nobody waits after the solution. Without a history this is null.
    sum(
        case when status in ('new', 'open', 'on_hold') then date_part('epoch', next_changed_at - changed_at) end
    ) as requester_wait_seconds,
    sum(date_part('epoch', next_changed_at - changed_at)) filter (where status = 'pending') as agent_wait_seconds,
    sum(date_part('epoch', next_changed_at - changed_at)) filter (where status = 'on_hold') as on_hold_seconds,
    count(status) > 0 as has_history,
    coalesce(bool_or(status in ('pending', 'on_hold')), false) as was_stopped
from status_steps
group by ticket_id
