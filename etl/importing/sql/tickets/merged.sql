-- Of the source's tickets that were merged into another, finds the other; it may have come with another file.
update support.support_tickets as ticket
set merged_into_id = target.ticket_id
from raw.records
inner join raw.records as target
    on
        records.source = target.source
        and records.kind = target.kind
        and trim(records.payload ->> :merged_into) = target.external_id
where
    records.source = :source
    and records.kind = 'tickets'
    and records.ticket_id = ticket.id
    and records.ticket_id <> target.ticket_id
    and ticket.exclusion = 'merged'
    and ticket.merged_into_id is distinct from target.ticket_id
