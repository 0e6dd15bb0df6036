insert into raw.records (
    source, external_id, ticket_id, import_id, line_number, payload, payload_hash, kind, row_id
)
select
    :source,
    staged.external_id,
    staged.of_ticket_id,
    :import_id,
    staged.line_number,
    staged.payload,
    uuid_send(staged.payload_hash),
    :kind,
    numbered.row_id
from numbered
inner join staged on numbered.line_number = staged.line_number
