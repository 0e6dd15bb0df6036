-- Customers that the rows name; what they do not say about them stays.
insert into support.customers as known (customer_email, name, customer_type, created_at)
select distinct on (customer_email)
    customer_email,
    customer_name,
    customer_type,
    min(created_at) over (partition by customer_email) as created_at
from changed
where customer_email <> :no_customer
order by customer_email, line_number desc
on conflict (customer_email) do update set
name = coalesce(excluded.name, known.name),
customer_type = coalesce(excluded.customer_type, known.customer_type)
where
    (coalesce(excluded.name, known.name), coalesce(excluded.customer_type, known.customer_type))
    is distinct from (known.name, known.customer_type)
