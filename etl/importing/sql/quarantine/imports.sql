-- Imports that have records waiting, in order, with the mapping they used.
select
    imports.id,
    imports.file_name,
    imports.profile
from raw.imports
where
    (cast(:kind as text) is null or imports.kind = :kind)
    and exists (
        select
        from raw.quarantined_records as waiting
        where
            waiting.import_id = imports.id
            and waiting.released_at is null
            and (cast(:source as text) is null or waiting.source = :source)
    )
order by imports.id
