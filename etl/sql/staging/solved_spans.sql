-- Per ticket ever solved: the first and the latest solution, and how often it was reopened since.
select
    ticket_id,
    min(changed_at) filter (where kind = 1) as first_solved_at,
    max(changed_at) filter (where kind = 1) as last_solved_at,
    count(*) filter (where kind = 1) as solved_count,
    count(*) filter (where kind = 1) > count(*) filter (where kind <> 1) as is_solved,
    count(*) filter (where kind = 2) as reopen_count
from status_transitions
group by ticket_id
