-- Who is named in the changed rows.
insert into named_customers (line_number, customer_email, customer_name, customer_type, created_at)
select
    line_number,
    customer_email,
    customer_name,
    customer_type,
    created_at
from changed
where customer_email <> :no_customer and reasons is null
