-- For each ticket: how many messages there were, and by whom. A contact by an agent is public and written by a person.
with contacts as (
    select
        ticket_id,
        duration_minutes,
        is_public and not is_automatic as is_contact,
        case when is_public and not is_automatic and direction = 'outbound' then agent_name end collate "C" as replier
    from support.customer_interactions
    where /* scope: ticket_id */ true
)

select
    ticket_id,
    count(*) filter (where is_contact) as contact_count,
    count(replier) as agent_contact_count,
    coalesce(min(replier) = max(replier), false) as is_same_agent,
    60 * sum(duration_minutes) as handle_seconds
from contacts
group by ticket_id
