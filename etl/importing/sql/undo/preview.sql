-- What taking the import back would do.
select
    (
        select count(*) from raw.records
        where records.import_id = :import_id
    ) as record_count,
    (
        select count(*) from raw.replaced_records
        where replaced_records.import_id = :import_id
    ) as changed_count,
    (
        select count(*) from raw.quarantined_records
        where quarantined_records.import_id = :import_id and quarantined_records.released_at is null
    ) as waiting_count
