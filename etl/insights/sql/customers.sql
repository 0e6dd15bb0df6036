-- Customers, whether each was one during a whole period, and whether its joining was recorded by itself.
-- An import that brings tickets alone puts the joining at the first ticket.
with known as (
    select
        coalesce(customer_type, '') as customer_type,
        created_at,
        hashtextextended(customer_email, 0) as customer_hash,
        created_at < cast(:from_date as date)
        and coalesce(churned_at >= cast(:until_date as date), true) as is_whole
    from support.customers
),

writers as (
    select
        customer_hash,
        min(created_date) as first_date
    from marts.fct_tickets
    where not is_excluded and customer_hash is not null
    group by customer_hash
)

select
    known.customer_hash,
    known.customer_type,
    known.is_whole,
    coalesce(known.created_at < writers.first_date, true) as is_recorded
from known
left join writers on known.customer_hash = writers.customer_hash
