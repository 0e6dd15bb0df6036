-- What the classifier reads of every ticket, and who set the ticket's category and priority.
select
    id as ticket_id,
    left(subject, 1000) as subject,
    left(content, 20000) as content,
    customer_type,
    category,
    category_source,
    priority,
    priority_source
from support.support_tickets
order by id
