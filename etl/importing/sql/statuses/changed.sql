-- A row may have moved to the ticket into which its own was merged; there it stays, unless the file names another.
update support.ticket_status_history as present
set
    ticket_id = case
        when changed.of_ticket_id = changed.ticket_id then present.ticket_id
        else changed.of_ticket_id
    end,
    status = changed.status,
    changed_at = changed.changed_at,
    changed_by = changed.changed_by,
    is_automatic = coalesce(changed.is_automatic, false)
from changed
where present.id = changed.row_id
