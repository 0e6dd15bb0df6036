-- What the file says of a leaving date or an organisation counts, also that there is none; a name or type that it does
-- not give stays as it was.
insert into support.customers as known (
    customer_email, name, customer_type, organisation, churned_at, created_at, added_by_import_id
)
select distinct on (staged.customer_email)
    staged.customer_email,
    staged.customer_name,
    staged.customer_type,
    staged.organisation,
    staged.churned_at,
    coalesce(staged.joined_at, now()),
    :import_id
from numbered
inner join staged on numbered.line_number = staged.line_number
order by staged.customer_email asc, staged.line_number desc
on conflict (customer_email) do update set
    name = coalesce(excluded.name, known.name),
    customer_type = coalesce(excluded.customer_type, known.customer_type),
    organisation = case
        when 'organisation' = any(cast(:given as text[])) then excluded.organisation
        else known.organisation
    end,
    churned_at = case
        when 'churned_at' = any(cast(:given as text[])) then excluded.churned_at
        else known.churned_at
    end,
    created_at = least(excluded.created_at, known.created_at)
