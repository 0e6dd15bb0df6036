-- Takes some tickets off the queue, the newest first. Other workers may take other tickets at the same time.
-- Texts are cut to the length that the service takes.
-- One row for each ticket taken; all its columns are null if the ticket was deleted.
with chosen as (
    select ctid
    from support.classification_tasks
    where task = :task
    order by ticket_id desc
    limit :most
    for update skip locked
),

taken as (
    delete from support.classification_tasks as task
    using chosen
    where task.ctid = chosen.ctid
    returning task.ticket_id
)

select
    ticket.id as ticket_id,
    left(ticket.subject, 1000) as subject,
    left(ticket.content, 20000) as content,
    ticket.customer_type,
    md5(concat_ws(E'\x1f', ticket.subject, ticket.content, coalesce(ticket.customer_type, ''))) as content_hash
from (select distinct ticket_id from taken) as tickets
left join support.support_tickets as ticket on tickets.ticket_id = ticket.id
order by tickets.ticket_id
