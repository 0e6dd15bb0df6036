-- Customers, with the same hash that identifies them in the facts.
select
    customer_type,
    created_at as joined_at,
    churned_at,
    hashtextextended(customer_email, 0) as customer_hash
from support.customers
order by customer_hash
