delete from raw.replaced_records
where import_id = :import_id
