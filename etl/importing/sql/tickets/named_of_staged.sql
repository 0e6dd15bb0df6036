-- Who is named in the new rows of the batch.
insert into named_customers (line_number, customer_email, customer_name, customer_type, created_at)
select
    staged.line_number,
    staged.customer_email,
    staged.customer_name,
    staged.customer_type,
    staged.created_at
from numbered
inner join staged on numbered.line_number = staged.line_number
where staged.customer_email <> :no_customer
