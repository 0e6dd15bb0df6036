-- The conversation as turns: the first message of every run by the customer, or of replies by people.
with messages as (
    select
        ticket_id,
        timestamp as sent_at,
        id,
        agent_name,
        direction = 'inbound' as is_customer,
        lag(direction) over (partition by ticket_id order by timestamp, id) as earlier_direction,
        direction
    from support.customer_interactions
    where
        /* scope: ticket_id */ true
        and is_public
        and (direction = 'inbound' or (not is_automatic and agent_name is not null))
)

select
    ticket_id,
    sent_at,
    agent_name,
    is_customer,
    row_number() over turns as turn,
    lead(sent_at) over turns as answered_at,
    lead(agent_name) over turns as answered_by
from messages
where earlier_direction is distinct from direction
window turns as (partition by ticket_id order by sent_at, id)
