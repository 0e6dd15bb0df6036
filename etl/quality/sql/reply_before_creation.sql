-- A person replied before the ticket was created.
select interaction.ticket_id
from support.customer_interactions as interaction
inner join support.support_tickets as ticket on interaction.ticket_id = ticket.id
where
    interaction.timestamp < ticket.created_at
    and interaction.direction = 'outbound'
    and interaction.agent_name is not null
    and not ticket.is_outbound
    and not ticket.is_date_only
