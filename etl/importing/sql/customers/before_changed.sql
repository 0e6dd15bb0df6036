-- Customers of the rows who were there before the import, as they were then.
insert into before_rows (table_name, row_key, row_before)
select
    'customers' as table_name,
    customers.customer_email,
    to_jsonb(customers) as row_before
from support.customers
where
    customers.added_by_import_id is distinct from :import_id
    and customers.customer_email in (
        select changed.customer_email
        from changed
    )
on conflict (table_name, row_key) do nothing
