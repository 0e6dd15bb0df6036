-- What the import changed in each of the rows that were there before it.
insert into raw.desk_changes (import_id, table_name, row_key, changes)
select
    :import_id,
    rows_before.table_name,
    rows_before.row_key,
    different.changes
from before_rows as rows_before
inner join support.support_tickets as rows_after
    on rows_before.table_name = 'support_tickets' and cast(rows_before.row_key as bigint) = rows_after.id
cross join
    lateral (
        select jsonb_object_agg(earlier.key, jsonb_build_array(earlier.value, later.value)) as changes
        from jsonb_each(rows_before.row_before) as earlier
        inner join jsonb_each(to_jsonb(rows_after.*)) as later on earlier.key = later.key
        where earlier.value <> later.value
    ) as different
where different.changes is not null
