-- The ticket was created after now.
select id as ticket_id
from support.support_tickets
where created_at > now() + interval '1 day'
