-- The earlier payload is among the superseded records, unless only the mapping had changed.
update raw.records
set
    import_id = replaced.earlier_import_id,
    line_number = replaced.earlier_line_number,
    payload = coalesce(superseded.payload, records.payload),
    payload_hash = replaced.earlier_payload_hash,
    received_at = replaced.earlier_received_at
from raw.replaced_records as replaced
left join raw.superseded_records as superseded
    on
        replaced.import_id = superseded.superseded_by_import_id
        and replaced.kind = superseded.kind
        and replaced.source = superseded.source
        and replaced.external_id = superseded.external_id
        and replaced.earlier_import_id = superseded.import_id
        and replaced.earlier_line_number = superseded.line_number
where
    replaced.import_id = :import_id
    and records.source = replaced.source
    and records.external_id = replaced.external_id
    and records.kind = replaced.kind
