-- Imports with records that wait for their tickets, in order, with the mapping they used.
select
    imports.id,
    imports.file_name,
    imports.profile
from raw.imports
where
    imports.id in (
        select waiting.import_id
        from raw.quarantined_records as waiting
        where waiting.released_at is null and waiting.reasons @> '[{"code": "unknown_ticket"}]'
    )
order by imports.id
