-- Grain: one row per open ticket that nobody has answered yet.
select created_at
from support.support_tickets
where
    created_at < :now
    and status in ('new', 'open')
    and not is_outbound
    and id in (
        select fact.ticket_id
        from marts.fct_tickets as fact
        where fact.first_reply_at is null and not fact.is_excluded
    )
order by created_at
