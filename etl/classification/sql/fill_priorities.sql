-- Sets the priority where neither a person nor an import has set one.
update support.support_tickets as ticket
set
    priority = answer.priority,
    priority_source = 'rules'
from answers as answer
where
    ticket.id = answer.ticket_id
    and ticket.priority_source in ('default', 'rules', 'model')
    and (ticket.priority, ticket.priority_source) is distinct from (answer.priority, 'rules')
