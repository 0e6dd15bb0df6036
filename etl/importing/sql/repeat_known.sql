-- Of a row that equals the stored record, only line, key and hash are kept.
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
        where records.source = :source and records.external_id = staged.external_id and records.kind = :kind
    )
