delete from raw.import_overlaps
where import_id = :import_id
