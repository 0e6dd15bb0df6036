-- Rows that broke a rule and were in quarantine already belong to the import that brought them first;
-- those that have come in since belong to the import that let them in.
insert into raw.import_overlaps as known (import_id, earlier_import_id, record_count)
select
    :import_id,
    coalesce(waiting.released_by_import_id, waiting.import_id) as earlier_import_id,
    count(*) as record_count
from raw.quarantined_records as waiting
where
    waiting.source = :source
    and waiting.kind = :kind
    and coalesce(waiting.released_by_import_id, waiting.import_id) <> :import_id
    and waiting.payload in (
        select rejected.payload
        from rejected
    )
group by earlier_import_id
on conflict (import_id, earlier_import_id) do update set record_count = known.record_count + excluded.record_count
