delete from raw.records
using removed
where
    records.source = removed.source
    and records.external_id = removed.external_id
    and records.kind = removed.kind
