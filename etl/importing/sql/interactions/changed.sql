update support.customer_interactions as present
set
    ticket_id = changed.of_ticket_id,
    interaction_type = coalesce(changed.channel, 'message'),
    agent_name = changed.agent_name,
    duration_minutes = cast(round(changed.handle_seconds / 60.0) as integer),
    notes = changed.content,
    timestamp = changed.happened_at,
    direction = changed.direction,
    is_public = coalesce(changed.is_public, true),
    is_automatic = coalesce(changed.is_automatic, false)
from changed
where present.id = changed.row_id and present.ticket_id = changed.ticket_id
