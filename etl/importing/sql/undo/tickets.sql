delete from support.support_tickets
where
    id in (
        select removed.ticket_id
        from removed
        where removed.kind = 'tickets'
    )
