-- Per ticket: how much was said, and by whom. Replies are public, by a person.
select
    interaction.ticket_id,
    count(*) filter (where interaction.is_public and not interaction.is_automatic) as contact_count,
    count(*) filter (where reply.is_reply) as agent_contact_count,
    count(*) filter (where reply.is_reply and interaction.timestamp <= solved.last_solved_at) as reply_count_before_solved,
    min(interaction.agent_name collate "C") filter (where reply.is_reply)
    = max(interaction.agent_name collate "C") filter (where reply.is_reply) as is_same_agent,
    60 * sum(interaction.duration_minutes) as handle_seconds
from support.customer_interactions as interaction
left join solved_spans as solved on interaction.ticket_id = solved.ticket_id
cross join lateral (
    select
        interaction.is_public
        and interaction.direction = 'outbound'
        and not interaction.is_automatic
        and interaction.agent_name is not null as is_reply
) as reply
where /* scope: interaction.ticket_id */ true
group by interaction.ticket_id
