-- Customers, whether each was one during a whole period, and whether its joining was recorded by itself.
-- An import that brings tickets alone puts the joining at the first ticket.
with writers as (
    select
        customer_hash,
        min(created_date) as first_date
    from marts.fct_tickets
    where not is_excluded and customer_hash is not null
    group by customer_hash
)

select
    hashtextextended(customer.customer_email, 0) as customer_hash,
    coalesce(customer.customer_type, '') as customer_type,
    customer.created_at < cast(:from_date as date)
    and coalesce(customer.churned_at >= cast(:until_date as date), true) as is_whole,
    coalesce(customer.created_at < writers.first_date, true) as is_recorded
from support.customers as customer
left join writers on hashtextextended(customer.customer_email, 0) = writers.customer_hash
