-- For each ticket: replies before the latest solution that did not answer a message of the customer.
select messages.ticket_id, count(*) as proactive_update_count
from ticket_messages as messages
inner join ticket_statuses as statuses on messages.ticket_id = statuses.ticket_id
where not messages.is_customer and not messages.is_turn and messages.sent_at <= statuses.last_solved_at
group by messages.ticket_id
