update raw.quarantined_records
set
    released_at = now(),
    released_by_import_id = :import_id
where id = any(cast(:ids as bigint[]))
