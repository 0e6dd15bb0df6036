delete from raw.superseded_records
where superseded_by_import_id = :import_id or import_id = :import_id
