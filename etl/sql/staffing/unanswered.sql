-- Grain: one row per open ticket that nobody has answered yet.
select
    ticket.created_at
from marts.fct_tickets as fact
inner join support.support_tickets as ticket on fact.ticket_id = ticket.id
where
    fact.first_reply_at is null
    and not fact.is_excluded
    and ticket.status in ('new', 'open')
    and not ticket.is_outbound
    and ticket.created_at < cast(:now as timestamptz)
order by ticket.created_at
