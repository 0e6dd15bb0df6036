-- Records that the import made; those that it only changed are in raw.replaced_records.
create temporary table removed on commit drop as
select
    records.source,
    records.external_id,
    records.kind,
    records.ticket_id,
    records.row_id
from raw.records
where
    records.import_id = :import_id
    and not exists (
        select from raw.replaced_records as replaced
        where
            replaced.import_id = :import_id
            and replaced.kind = records.kind
            and replaced.source = records.source
            and replaced.external_id = records.external_id
    )
