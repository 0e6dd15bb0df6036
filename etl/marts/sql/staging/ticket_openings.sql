-- For each ticket with messages: the first three turns, which hold the first reply, and the turn still unanswered.
select
    ticket_id,
    bool_or(is_customer) filter (where turn = 1) as is_begun_by_customer,
    min(sent_at) filter (where turn = 1) as sent_at_1,
    min(sent_at) filter (where turn = 2) as sent_at_2,
    min(sent_at) filter (where turn = 3) as sent_at_3,
    min(agent_name) filter (where turn = 1) as agent_1,
    min(agent_name) filter (where turn = 2) as agent_2,
    min(agent_name) filter (where turn = 3) as agent_3,
    max(sent_at) filter (where is_customer and turn > 1 and answered_at is null) as waiting_since_at
from ticket_turns
group by ticket_id
