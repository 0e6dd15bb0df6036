-- Customers named in the rows. The last name and type given for each count; what is not given stays as it was.
-- A customer has been one since the first ticket, in whatever order the tickets come in.
insert into support.customers as known (customer_email, name, customer_type, created_at, added_by_import_id)
select
    customer_email,
    (array_agg(customer_name order by line_number desc) filter (where customer_name is not null))[1],
    (array_agg(customer_type order by line_number desc) filter (where customer_type is not null))[1],
    min(created_at),
    :import_id
from changed
where customer_email <> :no_customer and reasons is null
group by customer_email
on conflict (customer_email) do update set
    name = coalesce(excluded.name, known.name),
    customer_type = coalesce(excluded.customer_type, known.customer_type),
    created_at = least(excluded.created_at, known.created_at)
where
(
    coalesce(excluded.name, known.name),
    coalesce(excluded.customer_type, known.customer_type),
    least(excluded.created_at, known.created_at)
)
is distinct from (known.name, known.customer_type, known.created_at)
