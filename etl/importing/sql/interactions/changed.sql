-- A row may have moved to the ticket into which its own was merged; there it stays, unless the file names another.
update support.customer_interactions as present
set
    ticket_id = case
        when changed.of_ticket_id = changed.ticket_id then present.ticket_id
        else changed.of_ticket_id
    end,
    interaction_type = coalesce(changed.channel, 'message'),
    agent_name = changed.agent_name,
    duration_minutes = changed.handle_seconds / cast(60 as double precision),
    notes = changed.content,
    timestamp = changed.happened_at,
    direction = changed.direction,
    is_public = coalesce(changed.is_public, true),
    is_automatic = coalesce(changed.is_automatic, false)
from changed
where present.id = changed.row_id
