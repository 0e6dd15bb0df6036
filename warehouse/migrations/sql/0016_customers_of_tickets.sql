-- A ticket that does not say its customer's type or organisation has the customer's own: it changes with the customer.
create function support.queue_tickets_of_customers() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    insert into support.ticket_changes (ticket_id)
    select ticket.id
    from changed_customers as customer
    inner join support.support_tickets as ticket on customer.customer_email = ticket.customer_email
    where
        (ticket.customer_type is null and customer.customer_type is not null)
        or (ticket.organisation is null and customer.organisation is not null);
    if found then
        perform pg_notify('support_ticket_changes', '');
    end if;
    return null;
end
$$;

create function support.queue_tickets_of_changed_customers() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    insert into support.ticket_changes (ticket_id)
    select ticket.id
    from new_rows
    inner join old_rows on new_rows.customer_email = old_rows.customer_email
    inner join support.support_tickets as ticket on new_rows.customer_email = ticket.customer_email
    where
        (ticket.customer_type is null and new_rows.customer_type is distinct from old_rows.customer_type)
        or (ticket.organisation is null and new_rows.organisation is distinct from old_rows.organisation);
    if found then
        perform pg_notify('support_ticket_changes', '');
    end if;
    return null;
end
$$;

alter function support.queue_tickets_of_customers() owner to support_owner;
alter function support.queue_tickets_of_changed_customers() owner to support_owner;

create trigger queue_inserts after insert on support.customers referencing new table as changed_customers
for each statement execute function support.queue_tickets_of_customers();
create trigger queue_updates after update on support.customers
referencing old table as old_rows new table as new_rows
for each statement execute function support.queue_tickets_of_changed_customers();
create trigger queue_deletes after delete on support.customers referencing old table as changed_customers
for each statement execute function support.queue_tickets_of_customers();

insert into ops.rebuild_requests (reason)
select 'customers_of_tickets' as reason
where exists (select from support.customers);
