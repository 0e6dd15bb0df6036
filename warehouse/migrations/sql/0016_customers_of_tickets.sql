-- A ticket that does not say its customer's type or organisation has the customer's own: it changes with the customer.
-- Plans are kept from the first call, when there may have been no rows: an index and EXCEPT are right later too, a scan
-- and a join of the two are not.
create function support.queue_tickets_of_customers(typed text[], organised text[]) returns void
language plpgsql set search_path = pg_catalog set enable_seqscan = off
as $$
begin
    insert into support.ticket_changes (ticket_id)
    select id from support.support_tickets where customer_email = any(typed) and customer_type is null
    union
    select id from support.support_tickets where customer_email = any(organised) and organisation is null;
    if found then
        perform pg_notify('support_ticket_changes', '');
    end if;
end
$$;

create function support.queue_tickets_of_known_customers() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    perform support.queue_tickets_of_customers(
        array(select customer_email from known where customer_type is not null),
        array(select customer_email from known where organisation is not null)
    );
    return null;
end
$$;

create function support.queue_tickets_of_changed_customers() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    perform support.queue_tickets_of_customers(
        array(
            select changed.customer_email
            from (
                select customer_email, customer_type from new_rows
                except
                select customer_email, customer_type from old_rows
            ) as changed
        ),
        array(
            select changed.customer_email
            from (
                select customer_email, organisation from new_rows
                except
                select customer_email, organisation from old_rows
            ) as changed
        )
    );
    return null;
end
$$;

alter function support.queue_tickets_of_customers(text[], text[]) owner to support_owner;
alter function support.queue_tickets_of_known_customers() owner to support_owner;
alter function support.queue_tickets_of_changed_customers() owner to support_owner;

create trigger queue_inserts after insert on support.customers referencing new table as known
for each statement execute function support.queue_tickets_of_known_customers();
create trigger queue_updates after update on support.customers
referencing old table as old_rows new table as new_rows
for each statement execute function support.queue_tickets_of_changed_customers();
create trigger queue_deletes after delete on support.customers referencing old table as known
for each statement execute function support.queue_tickets_of_known_customers();

insert into ops.rebuild_requests (reason)
select 'customers_of_tickets' as reason
where exists (select from support.customers);
