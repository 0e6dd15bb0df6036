insert into support.classification_tasks (task, ticket_id)
select
    'explain',
    answer.ticket_id
from answers as answer
where not exists (
    select
    from support.classification_tasks as waiting
    where waiting.task = 'explain' and waiting.ticket_id = answer.ticket_id
)
