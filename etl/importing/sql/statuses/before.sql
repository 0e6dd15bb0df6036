-- Rows that will be changed and were there before the import, as they were then.
insert into before_rows (table_name, row_key, row_before)
select
    'ticket_status_history' as table_name,
    cast(earlier.id as text) as row_key,
    to_jsonb(earlier.*) as row_before
from changed
inner join
    support.ticket_status_history as earlier
    on changed.row_id = earlier.id
where changed.stored_import_id <> :import_id
