-- Tickets that will be changed and were there before the import, as they were then.
insert into before_rows (table_name, row_key, row_before)
select
    'support_tickets' as table_name,
    cast(tickets.id as text) as row_key,
    to_jsonb(tickets) as row_before
from changed
inner join support.support_tickets as tickets on changed.ticket_id = tickets.id
where changed.stored_import_id <> :import_id
on conflict (table_name, row_key) do nothing
