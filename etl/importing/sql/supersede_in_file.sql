-- A row without a payload equals the stored record, so supersede_stored.sql keeps it.
insert into raw.superseded_records (
    source, external_id, import_id, line_number, payload, superseded_by_import_id, kind
)
select
    :source,
    overruled.external_id,
    :import_id,
    overruled.line_number,
    overruled.payload,
    :import_id as superseded_by_import_id,
    :kind
from overruled
where
    not overruled.is_same
    and overruled.payload is not null
    and not exists (
        select
        from raw.superseded_records as kept
        where
            kept.source = :source
            and kept.external_id = overruled.external_id
            and kept.kind = :kind
            and kept.payload = overruled.payload
    )
