insert into support.customer_interactions (
    id, ticket_id, interaction_type, agent_name, duration_minutes, notes, timestamp, direction, is_public, is_automatic
)
overriding system value
select
    numbered.row_id,
    staged.of_ticket_id,
    coalesce(staged.channel, 'message'),
    staged.agent_name,
    staged.handle_seconds / cast(60 as double precision),
    staged.content,
    staged.happened_at,
    staged.direction,
    coalesce(staged.is_public, true),
    coalesce(staged.is_automatic, false)
from numbered
inner join staged on numbered.line_number = staged.line_number
