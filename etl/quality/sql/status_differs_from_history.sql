-- The ticket's status is not the one its history ends with.
with latest as (
    select distinct on (ticket_id) ticket_id, status
    from support.ticket_status_history
    order by ticket_id asc, changed_at desc, id desc
)

select ticket.id as ticket_id
from support.support_tickets as ticket
inner join latest on ticket.id = latest.ticket_id
where ticket.status <> latest.status
