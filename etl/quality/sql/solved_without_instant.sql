-- The ticket is solved, but the time of its solution is missing: it counts neither as open nor as solved.
select id as ticket_id
from support.support_tickets
where
    status in :solved_statuses
    and resolved_at is null
    and closed_at is null
    and not exists (
        select from support.ticket_status_history
        where ticket_status_history.ticket_id = support_tickets.id
    )
