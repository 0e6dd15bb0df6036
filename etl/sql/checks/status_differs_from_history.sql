-- The ticket's status is not the one its history ends with.
select ticket.id as ticket_id
from support.support_tickets as ticket
inner join (
    select distinct on (ticket_id) ticket_id, status
    from support.ticket_status_history
    order by ticket_id, changed_at desc, id desc
) as latest on ticket.id = latest.ticket_id
where ticket.status <> latest.status
