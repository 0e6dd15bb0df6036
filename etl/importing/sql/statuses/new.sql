insert into support.ticket_status_history (
    id, ticket_id, status, changed_at, changed_by, is_automatic
)
overriding system value
select
    numbered.row_id,
    staged.of_ticket_id,
    staged.status,
    staged.changed_at,
    staged.changed_by,
    coalesce(staged.is_automatic, false)
from numbered
inner join staged on numbered.line_number = staged.line_number
