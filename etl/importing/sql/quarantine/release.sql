-- A record whose ticket is still unknown waits on.
update raw.quarantined_records as waiting
set
    released_at = now(),
    released_by_import_id = :import_id
where
    waiting.id = any(cast(:ids as bigint[]))
    and not exists (
        select from rejected
        where rejected.payload = waiting.payload
    )
