-- Per ticket: how much was said, and by whom. An agent's contact is public and written by a person.
select
    interaction.ticket_id,
    count(*) filter (where interaction.is_public and not interaction.is_automatic) as contact_count,
    count(*) filter (where reply.is_reply) as agent_contact_count,
    coalesce(
        min(interaction.agent_name collate "C") filter (where reply.is_reply)
        = max(interaction.agent_name collate "C") filter (where reply.is_reply),
        false
    ) as is_same_agent,
    60 * sum(interaction.duration_minutes) as handle_seconds
from support.customer_interactions as interaction
cross join lateral (
    select
        interaction.is_public
        and interaction.direction = 'outbound'
        and not interaction.is_automatic
        and interaction.agent_name is not null as is_reply
) as reply
where /* scope: interaction.ticket_id */ true
group by interaction.ticket_id
