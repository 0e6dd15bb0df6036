-- Sets the category where neither a person nor an import has set one.
-- The conditions are on the ticket's own row, because PostgreSQL checks those again after it has locked the row:
-- a person may have set the category meanwhile.
update support.support_tickets as ticket
set
    category = answer.category,
    category_source = case answer.decider when 'rules' then 'rules' else 'model' end
from answers as answer
where
    ticket.id = answer.ticket_id
    and (
        ticket.category_source in ('rules', 'model')
        or (ticket.category_source = 'imported' and ticket.category is null)
    )
    and (ticket.category, ticket.category_source)
    is distinct from (answer.category, case answer.decider when 'rules' then 'rules' else 'model' end)
    and answer.category in (select slug from support.categories)
