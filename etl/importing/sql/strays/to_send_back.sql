-- Rows that the import brought from a ticket of another source which is still there.
insert into strays (kind, source, external_id, row_id, to_ticket_id)
select
    records.kind,
    records.source,
    records.external_id,
    records.row_id,
    tickets.id as to_ticket_id
from raw.desk_changes as kept
inner join raw.imports on kept.import_id = imports.id
inner join raw.records
    on
        imports.source = records.source
        and split_part(kept.row_key, '/', 1) = records.kind
        and substring(kept.row_key from position('/' in kept.row_key) + 1) = records.external_id
        and kept.changes #> '{ticket_id,1}' = to_jsonb(records.ticket_id)
inner join support.support_tickets as tickets on kept.changes #> '{ticket_id,0}' = to_jsonb(tickets.id)
where kept.import_id = :import_id and kept.table_name = 'records'
