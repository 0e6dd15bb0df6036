-- Rows that are exactly the stored record need no more than their place.
insert into repeated (line_number, external_id, payload_hash)
select
    staged.line_number,
    staged.external_id,
    staged.payload_hash
from staged
where
    staged.reasons is null
    and uuid_send(staged.payload_hash) = (
        select records.payload_hash
        from raw.records
        where records.source = :source and records.external_id = staged.external_id
    )
