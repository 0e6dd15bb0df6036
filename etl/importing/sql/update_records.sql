update raw.records
set
    import_id = :import_id,
    line_number = changed.line_number,
    payload = changed.payload,
    payload_hash = uuid_send(changed.payload_hash),
    received_at = now()
from changed
where records.source = :source and records.external_id = changed.external_id and records.kind = :kind
