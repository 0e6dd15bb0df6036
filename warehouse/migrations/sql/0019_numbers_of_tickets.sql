-- The portal shows tickets under the keys with which they came in, and finds them by these. A file without a key column
-- has none: what stands for keys there is known to nobody.

-- From a ticket to its key; the primary key leads the other way. Tickets come in the order of their ids, so that an
-- import only adds at the end of it.
create index ix_records_ticket_id on raw.records (ticket_id) where kind = 'tickets';

-- Keys of other kinds are names and addresses of people. As a barrier the view shows a condition no other rows.
create view marts.ticket_numbers with (security_barrier) as
select
    records.ticket_id,
    records.source,
    records.external_id as number
from raw.records
inner join raw.imports on records.import_id = imports.id
where records.kind = 'tickets' and imports.profile -> 'external_id' <> '[]';

create view marts.ticket_sources as
select distinct source
from raw.imports
where kind = 'tickets';

-- What tickets may have any number of; the organisation can be the customer's.
create view marts.ticket_labels as
select
    ticket.id as ticket_id,
    coalesce(ticket.organisation, customer.organisation) as organisation,
    ticket.brand,
    ticket.tags
from support.support_tickets as ticket
left join support.customers as customer on ticket.customer_email = customer.customer_email;

alter view marts.ticket_numbers owner to support_owner;
alter view marts.ticket_sources owner to support_owner;
alter view marts.ticket_labels owner to support_owner;
grant select on marts.ticket_numbers, marts.ticket_sources, marts.ticket_labels to support_portal_reader;

-- Ratings without a date of their own, on tickets without a solving date, count on another day from now on.
insert into ops.rebuild_requests (reason)
select 'support_tickets' as reason
where exists (select from marts.fct_tickets);
