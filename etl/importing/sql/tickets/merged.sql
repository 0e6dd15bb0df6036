-- Of the source's tickets that were merged into another, finds the other; it may have come with another file.
-- Which column names it is said by the mapping of the import that brought the ticket.
update support.support_tickets as ticket
set merged_into_id = target.ticket_id
from raw.records
inner join raw.imports on records.import_id = imports.id
inner join raw.records as target
    on
        records.source = target.source
        and records.kind = target.kind
        and trim(records.payload ->> (imports.profile #>> '{columns,merged_into}')) = target.external_id
where
    records.source = :source
    and records.kind = 'tickets'
    and exists (
        select from raw.imports as naming
        where naming.source = :source and naming.profile #> '{columns,merged_into}' is not null
    )
    and records.ticket_id = ticket.id
    and records.ticket_id <> target.ticket_id
    and ticket.exclusion = 'merged'
    and ticket.merged_into_id is distinct from target.ticket_id
