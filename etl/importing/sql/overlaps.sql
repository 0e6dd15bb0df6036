-- How many records of each earlier import this one changed, or found as they are.
insert into raw.import_overlaps (import_id, earlier_import_id, record_count)
select
    :import_id,
    records.import_id,
    count(*) as record_count
from final_rows
inner join raw.records
    on records.source = :source and final_rows.external_id = records.external_id and records.kind = :kind
where records.import_id <> :import_id
group by records.import_id
