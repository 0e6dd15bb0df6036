-- If a later row with the key of a waiting record has come in, the record is kept as superseded by that row.
with overtaken as (
    update raw.quarantined_records as waiting
    set
        released_at = now(),
        released_by_import_id = records.import_id
    from raw.records
    where
        waiting.released_at is null
        and (cast(:source as text) is null or waiting.source = :source)
        and records.source = waiting.source
        and records.kind = waiting.kind
        and records.external_id = waiting.external_id
        and (records.import_id, records.line_number) > (waiting.import_id, waiting.line_number)
    returning
        waiting.source,
        waiting.external_id,
        waiting.import_id,
        waiting.line_number,
        waiting.payload,
        waiting.kind,
        records.import_id as superseded_by_import_id
)

insert into raw.superseded_records (
    source, external_id, import_id, line_number, payload, superseded_by_import_id, kind
)
select
    source,
    external_id,
    import_id,
    line_number,
    payload,
    superseded_by_import_id,
    kind
from overtaken
