-- Sets the priority where neither a person nor an import has set one. Where no rule matches, nobody says a priority.
update support.support_tickets as ticket
set
    priority = answer.priority,
    priority_source = answer.source
from (
    select
        ticket_id,
        case when reasons ->> 'priority' <> '' then priority end as priority,
        case when reasons ->> 'priority' <> '' then 'rules' else 'default' end as source
    from answers
) as answer
where
    ticket.id = answer.ticket_id
    and ticket.priority_source in ('default', 'rules', 'model')
    and (ticket.priority, ticket.priority_source) is distinct from (answer.priority, answer.source)
