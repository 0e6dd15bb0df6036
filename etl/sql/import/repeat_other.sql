insert into repeated
select staged.*
from staged
left join raw.records on records.source = :source and staged.external_id = records.external_id
where
    staged.reasons is null
    and records.payload_hash is distinct from uuid_send(staged.payload_hash)
    and not exists (
        select from numbered
        where numbered.line_number = staged.line_number
    )
