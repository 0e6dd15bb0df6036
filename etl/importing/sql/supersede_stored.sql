insert into raw.superseded_records (
    source, external_id, import_id, line_number, payload, superseded_by_import_id, kind
)
select
    :source,
    external_id,
    stored_import_id,
    stored_line_number,
    stored_payload,
    :import_id,
    :kind
from changed
where stored_import_id <> :import_id and stored_payload <> payload
