update raw.records
set ticket_id = strays.to_ticket_id
from strays
where
    records.source = strays.source
    and records.kind = strays.kind
    and records.external_id = strays.external_id
