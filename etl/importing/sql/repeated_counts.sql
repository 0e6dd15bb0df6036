select
    (
        select count(*) from overruled
        where is_same
    ) as duplicates,
    (
        select count(*) from overruled
        where not is_same
    ) as superseded,
    (
        select count(*) from changed
        where stored_import_id <> :import_id
    ) as updated,
    (
        select count(*)
        from final_rows
        inner join raw.records
            on records.source = :source and final_rows.external_id = records.external_id and records.kind = :kind
        where records.import_id <> :import_id and records.payload_hash = uuid_send(final_rows.payload_hash)
    ) as unchanged
