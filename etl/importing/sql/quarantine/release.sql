update raw.quarantined_records
set released_at = now()
where id = any(cast(:ids as bigint[]))
