-- Sets the category where neither a person nor an import has.
-- A condition on the ticket itself is asked again once its row is locked: a person may have been quicker.
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
