-- A status changed before the ticket was created.
select history.ticket_id
from support.ticket_status_history as history
inner join support.support_tickets as ticket on history.ticket_id = ticket.id
where history.changed_at < ticket.created_at
