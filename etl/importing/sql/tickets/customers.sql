-- Customers named in the rows. The last name and type given for each count; what is not given stays as it was.
-- A customer has been one since the first ticket, in whatever order the tickets come in.
-- Customers who stay as they are take no part, because a row in conflict is written to even where nothing changes.
with named as (
    select
        customer_email,
        (array_agg(customer_name order by line_number desc) filter (where customer_name is not null))[1] as name,
        (array_agg(customer_type order by line_number desc) filter (where customer_type is not null))[1] as type,
        min(created_at) as since
    from named_customers
    group by customer_email
)

insert into support.customers as known (customer_email, name, customer_type, created_at, added_by_import_id)
select
    named.customer_email,
    named.name,
    named.type,
    named.since,
    :import_id
from named
left join support.customers as stored on named.customer_email = stored.customer_email
where
    stored.customer_email is null
    or named.name <> coalesce(stored.name, '')
    or named.type <> coalesce(stored.customer_type, '')
    or named.since < stored.created_at
on conflict (customer_email) do update set
    name = coalesce(excluded.name, known.name),
    customer_type = coalesce(excluded.customer_type, known.customer_type),
    created_at = least(excluded.created_at, known.created_at)
