-- Releases the waiting records that have come in with a corrected file.
update raw.quarantined_records as waiting
set
    released_at = now(),
    released_by_import_id = :import_id
from raw.records
where
    waiting.source = :source
    and waiting.kind = :kind
    and waiting.released_at is null
    and waiting.import_id <> :import_id
    and records.source = waiting.source
    and records.kind = waiting.kind
    and records.external_id = waiting.external_id
    and records.import_id = :import_id
    and not exists (
        select from rejected
        where rejected.payload = waiting.payload
    )
