-- Rows of this file that are replaced by a later row with the same key.
create temporary table overruled on commit drop as
select
    earlier.line_number,
    earlier.external_id,
    earlier.payload,
    final_rows.line_number as by_line_number,
    earlier.payload_hash = final_rows.payload_hash as is_same
from (
    select
        line_number,
        external_id,
        payload,
        payload_hash
    from repeated
    union all
    select
        records.line_number,
        records.external_id,
        records.payload,
        encode(records.payload_hash, 'hex')::uuid
    from raw.records
    where
        records.source = :source
        and records.kind = :kind
        and records.import_id = :import_id
        and exists (
            select from final_rows as final_row
            where final_row.external_id = records.external_id
        )
) as earlier
inner join final_rows on earlier.external_id = final_rows.external_id
where earlier.line_number < final_rows.line_number
