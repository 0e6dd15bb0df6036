update support.ticket_status_history as present
set
    ticket_id = changed.of_ticket_id,
    status = changed.status,
    changed_at = changed.changed_at,
    changed_by = changed.changed_by,
    is_automatic = coalesce(changed.is_automatic, false)
from changed
where present.id = changed.row_id and present.ticket_id = changed.ticket_id
