-- Records that a replay lets in belong to the import that brought them.
insert into raw.import_overlaps as known (import_id, earlier_import_id, record_count)
select
    :import_id,
    quarantined_records.import_id,
    count(*) as record_count
from raw.quarantined_records
where quarantined_records.id = any(cast(:ids as bigint[]))
group by quarantined_records.import_id
on conflict (import_id, earlier_import_id) do update set record_count = known.record_count + excluded.record_count
