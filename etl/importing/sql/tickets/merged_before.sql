-- Tickets of earlier imports that merged.sql will lead to the ticket that they were merged into, as they are.
insert into before_rows (table_name, row_key, row_before)
select
    'support_tickets' as table_name,
    cast(tickets.id as text) as row_key,
    to_jsonb(tickets) as row_before
from raw.records
inner join raw.imports on records.import_id = imports.id
inner join raw.records as target
    on
        records.source = target.source
        and records.kind = target.kind
        and trim(records.payload ->> (imports.profile #>> '{columns,merged_into}')) = target.external_id
inner join support.support_tickets as tickets on records.ticket_id = tickets.id
where
    records.source = :source
    and records.kind = 'tickets'
    and exists (
        select from raw.imports as naming
        where naming.source = :source and naming.profile #> '{columns,merged_into}' is not null
    )
    and records.import_id <> :import_id
    and records.ticket_id <> target.ticket_id
    and tickets.exclusion = 'merged'
    and tickets.merged_into_id is distinct from target.ticket_id
on conflict (table_name, row_key) do nothing
