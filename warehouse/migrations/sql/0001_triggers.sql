-- Every change of a ticket puts its id into the change queue, in the transaction that makes the change.

create function support.queue_changed_tickets() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    if tg_op = 'INSERT' then
        insert into support.ticket_changes (ticket_id) select id from new_rows;
    elsif tg_op = 'DELETE' then
        insert into support.ticket_changes (ticket_id) select id from old_rows;
    else
        insert into support.ticket_changes (ticket_id) select id from new_rows union select id from old_rows;
    end if;
    perform pg_notify('support_ticket_changes', '');
    return null;
end
$$;

create function support.queue_tickets_of_changed_rows() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    if tg_op = 'INSERT' then
        insert into support.ticket_changes (ticket_id) select distinct ticket_id from new_rows;
    elsif tg_op = 'DELETE' then
        insert into support.ticket_changes (ticket_id) select distinct ticket_id from old_rows;
    else
        insert into support.ticket_changes (ticket_id)
        select ticket_id from new_rows union select ticket_id from old_rows;
    end if;
    perform pg_notify('support_ticket_changes', '');
    return null;
end
$$;

create function support.request_rebuild() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    insert into ops.rebuild_requests (reason) values (tg_table_name || ' changed');
    perform pg_notify('support_ticket_changes', '');
    return null;
end
$$;

do $$
declare
    changed_table text;
    queue_function text;
begin
    foreach changed_table in array array[
        'support_tickets', 'customer_interactions', 'ticket_status_history', 'ticket_field_history'
    ]
    loop
        queue_function := case changed_table
            when 'support_tickets' then 'support.queue_changed_tickets()'
            else 'support.queue_tickets_of_changed_rows()'
        end;
        execute format(
            'create trigger queue_inserts after insert on support.%I referencing new table as new_rows '
            'for each statement execute function ' || queue_function, changed_table
        );
        execute format(
            'create trigger queue_deletes after delete on support.%I referencing old table as old_rows '
            'for each statement execute function ' || queue_function, changed_table
        );
        execute format(
            'create trigger queue_updates after update on support.%I '
            'referencing old table as old_rows new table as new_rows '
            'for each statement execute function ' || queue_function, changed_table
        );
        execute format(
            'create trigger request_rebuild after truncate on support.%I '
            'for each statement execute function support.request_rebuild()', changed_table
        );
    end loop;
    foreach changed_table in array array[
        'sla_policies', 'business_calendars', 'business_windows', 'business_exceptions'
    ]
    loop
        execute format(
            'create trigger request_rebuild after insert or update or delete or truncate on support.%I '
            'for each statement execute function support.request_rebuild()', changed_table
        );
    end loop;
end
$$;
