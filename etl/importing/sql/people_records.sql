insert into raw.records (source, external_id, import_id, line_number, payload, payload_hash, kind)
select
    :source,
    staged.external_id,
    :import_id,
    staged.line_number,
    staged.payload,
    uuid_send(staged.payload_hash),
    :kind
from numbered
inner join staged on numbered.line_number = staged.line_number
