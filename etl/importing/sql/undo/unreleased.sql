-- What the import had brought in of earlier imports' quarantine waits again.
update raw.quarantined_records
set
    released_at = null,
    released_by_import_id = null
where released_by_import_id = :import_id
