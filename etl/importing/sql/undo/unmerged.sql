-- A ticket that was merged into one that goes is not known to be merged into any.
update support.support_tickets
set merged_into_id = null
where
    merged_into_id in (
        select removed.ticket_id
        from removed
        where removed.kind = 'tickets'
    )
