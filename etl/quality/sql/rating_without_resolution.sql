-- The customer rated a ticket that was never solved.
select ticket.id as ticket_id
from support.support_tickets as ticket
inner join marts.fct_tickets as fact on ticket.id = fact.ticket_id
where ticket.customer_satisfaction_score is not null and fact.first_resolution_date is null
