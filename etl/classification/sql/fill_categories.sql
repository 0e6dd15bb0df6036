-- Sets the category where neither a person nor an import has set one. An abstention takes away the category that the
-- classifier had set before: the ticket has none, and waits for a person.
-- The conditions are on the ticket's own row, because PostgreSQL checks those again after it has locked the row:
-- a person may have set the category meanwhile.
update support.support_tickets as ticket
set
    category = answer.category,
    category_source = answer.source
from (
    select
        ticket_id,
        case when not is_abstention then category end as category,
        case decider when 'rules' then 'rules' else 'model' end as source
    from answers
    where is_abstention or category in (select categories.slug from support.categories)
) as answer
where
    ticket.id = answer.ticket_id
    and (
        ticket.category_source in ('rules', 'model')
        or (ticket.category_source = 'imported' and ticket.category is null)
    )
    and (ticket.category, ticket.category_source) is distinct from (answer.category, answer.source)
    and (ticket.category is not null or answer.category is not null)
