-- The ticket of each row: one of the same source, if there is one.
update staged
set of_ticket_id = records.ticket_id
from raw.records
where
    staged.reasons is null
    and records.source = :source
    and records.external_id = staged.ticket
    and records.kind = 'tickets'
