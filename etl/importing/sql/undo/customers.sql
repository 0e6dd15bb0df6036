-- Customers whom only imports that are taken back have named.
delete from support.customers
where
    added_by_import_id in (
        select imports.id
        from raw.imports
        where imports.undone_at is not null
    )
    and not exists (
        select from support.support_tickets
        where support_tickets.customer_email = customers.customer_email
    )
    and customers.customer_email not in (
        select records.external_id
        from raw.records
        where records.kind = 'customers'
    )
