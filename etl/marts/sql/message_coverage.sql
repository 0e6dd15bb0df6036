-- Whether a ticket without messages really had none: the desk keeps messages, and each of its sources has brought some.
select
    exists (select from support.customer_interactions)
    and not exists (
        select from raw.imports as files
        where
            files.kind = 'tickets'
            and files.undone_at is null
            and not exists (
                select from raw.imports as brought
                where
                    brought.source = files.source
                    and brought.kind = 'interactions'
                    and brought.undone_at is null
            )
    ) as is_complete
