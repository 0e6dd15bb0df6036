-- Where the rows lay before, so that an undo can send them back.
insert into raw.desk_changes (import_id, table_name, row_key, changes)
select
    :import_id,
    'records' as table_name,
    kind || '/' || external_id as row_key,
    jsonb_build_object('ticket_id', jsonb_build_array(from_ticket_id, to_ticket_id)) as changes
from strays
