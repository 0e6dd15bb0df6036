insert into repeated
select staged.*
from staged
where
    staged.reasons is null
    and uuid_send(staged.payload_hash) is distinct from (
        select records.payload_hash
        from raw.records
        where records.source = :source and records.external_id = staged.external_id and records.kind = :kind
    )
    and not exists (
        select
        from numbered
        where numbered.line_number = staged.line_number
    )
