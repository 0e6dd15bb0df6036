-- The import builds upon those that brought the rows.
insert into raw.import_overlaps as known (import_id, earlier_import_id, record_count)
select
    :import_id,
    strays.import_id,
    count(*) as record_count
from strays
group by strays.import_id
on conflict (import_id, earlier_import_id) do update set record_count = known.record_count + excluded.record_count
