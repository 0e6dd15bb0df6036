delete from raw.desk_changes
where import_id = :import_id
