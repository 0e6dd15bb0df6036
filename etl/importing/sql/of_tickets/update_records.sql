-- A corrected row may belong to another ticket.
update raw.records
set ticket_id = changed.of_ticket_id
from changed
where records.source = :source and records.external_id = changed.external_id and records.kind = :kind
