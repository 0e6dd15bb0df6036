-- What customers wrote and the agents' public replies, without what machines sent.
-- `is_turn` marks the first message of a run by one side.
select
    ticket_id,
    timestamp as sent_at,
    id,
    agent_name,
    direction = 'inbound' as is_customer,
    coalesce(direction <> lag(direction) over (partition by ticket_id order by timestamp, id), true) as is_turn
from support.customer_interactions
where
    /* scope: ticket_id */ true
    and is_public
    and not is_automatic
    and interaction_type <> :handover
    and (direction = 'inbound' or agent_name is not null)
