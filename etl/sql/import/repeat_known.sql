-- Rows that are exactly the stored record need no more than their place.
insert into repeated (line_number, external_id, payload_hash)
select
    staged.line_number,
    staged.external_id,
    staged.payload_hash
from staged
inner join raw.records
    on
        records.source = :source
        and staged.external_id = records.external_id
        and uuid_send(staged.payload_hash) = records.payload_hash
where staged.reasons is null
