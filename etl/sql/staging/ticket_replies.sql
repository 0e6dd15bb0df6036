-- Per ticket with messages: which turn is the first reply, and which run waits for an answer.
with numbered as (
    select
        turns.*,
        solved.last_solved_at,
        ticket.is_outbound and not first_value(turns.is_customer) over whole as is_begun_by_desk
    from ticket_turns as turns
    inner join support.support_tickets as ticket on turns.ticket_id = ticket.id
    left join solved_spans as solved on turns.ticket_id = solved.ticket_id
    window whole as (partition by turns.ticket_id order by turns.turn)
)

select
    ticket_id,
    is_begun_by_desk,
    -- The clock of a ticket that the desk began starts at the customer's first message.
    min(sent_at) filter (where is_begun_by_desk and turn = 2) as clock_starts_at,
    min(turn) filter (where not is_customer and (turn > 1 or not is_begun_by_desk)) as first_reply_turn,
    max(sent_at) filter (where is_customer and turn > 1 and answered_at is null) as waiting_since_at,
    count(*) filter (where not is_customer and sent_at <= last_solved_at) as reply_turn_count_before_solved
from numbered
group by ticket_id, is_begun_by_desk
