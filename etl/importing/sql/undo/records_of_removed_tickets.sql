delete from raw.records
where
    kind <> 'tickets'
    and ticket_id in (
        select removed.ticket_id
        from removed
        where removed.kind = 'tickets'
    )
