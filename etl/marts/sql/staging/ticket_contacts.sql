-- For each ticket: how many messages there were, and by whom. A contact by an agent is public and written by a person.
-- A bot's first words and a hand-over to people are noted too.
with contacts as (
    select
        ticket_id,
        duration_minutes,
        timestamp,
        is_public and not is_automatic and interaction_type <> :handover as is_contact,
        case
            when is_public and not is_automatic and direction = 'outbound' and interaction_type <> :handover
                then agent_name
        end collate "C" as replier,
        is_public and is_automatic and direction = 'outbound' as is_by_bot,
        interaction_type = :handover as is_handover
    from support.customer_interactions
    where /* scope: ticket_id */ true
)

select
    ticket_id,
    count(*) filter (where is_contact) as contact_count,
    count(replier) as agent_contact_count,
    coalesce(min(replier) = max(replier), false) as is_same_agent,
    cast(round(60 * sum(duration_minutes)) as bigint) as handle_seconds,
    min(timestamp) filter (where is_by_bot) as bot_spoke_at,
    min(timestamp) filter (where is_handover) as handed_over_at
from contacts
group by ticket_id
