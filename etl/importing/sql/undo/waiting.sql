delete from raw.quarantined_records
where import_id = :import_id
