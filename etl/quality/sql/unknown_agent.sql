-- The assignee is not in the list of agents.
select ticket.id as ticket_id
from support.support_tickets as ticket
where
    ticket.assigned_agent is not null
    and not exists (
        select from support.agents
        where agents.agent_name = ticket.assigned_agent
    )
