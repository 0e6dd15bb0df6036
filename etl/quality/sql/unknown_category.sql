-- The ticket's category is not in the list of categories.
select ticket.id as ticket_id
from support.support_tickets as ticket
where
    ticket.category is not null
    and not exists (
        select from support.categories
        where categories.slug = ticket.category
    )
