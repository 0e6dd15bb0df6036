-- The conversation as turns, which alternate between the customer and the desk.
select
    ticket_id,
    sent_at,
    agent_name,
    is_customer,
    row_number() over turns as turn,
    lead(sent_at) over turns as answered_at,
    lead(agent_name) over turns as answered_by
from ticket_messages
where is_turn
window turns as (partition by ticket_id order by sent_at, id)
