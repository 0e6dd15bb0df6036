-- For each ticket with messages: when the clock of the first reply starts, and the first reply.
-- Turns alternate, so the first reply is the desk's first turn after the clock has started. If the desk wrote first,
-- the clock starts at the customer's first message.
with openings as (
    select
        ticket_id,
        bool_or(is_customer) filter (where turn = 1) as is_begun_by_customer,
        min(sent_at) filter (where turn = 1) as sent_at_1,
        min(sent_at) filter (where turn = 2) as sent_at_2,
        min(sent_at) filter (where turn = 3) as sent_at_3,
        min(agent_name) filter (where turn = 1) as agent_1,
        min(agent_name) filter (where turn = 2) as agent_2,
        min(agent_name) filter (where turn = 3) as agent_3
    from ticket_turns
    group by ticket_id
)

select
    openings.ticket_id,
    case
        when openings.is_begun_by_customer or not scope.is_outbound then scope.created_at else openings.sent_at_2
    end as clock_starts_at,
    case
        when openings.is_begun_by_customer then openings.sent_at_2
        when scope.is_outbound then openings.sent_at_3
        else openings.sent_at_1
    end as replied_at,
    case
        when openings.is_begun_by_customer then openings.agent_2
        when scope.is_outbound then openings.agent_3
        else openings.agent_1
    end as replier,
    case when openings.is_begun_by_customer then 2 when scope.is_outbound then 3 else 1 end as reply_turn
from openings
inner join ticket_scope as scope on openings.ticket_id = scope.ticket_id
