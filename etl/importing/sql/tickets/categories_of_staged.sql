insert into support.categories (slug, name, added_by_import_id)
select distinct
    category as slug,
    category as name,
    cast(:import_id as bigint) as added_by_import_id
from staged
where category is not null
on conflict (slug) do nothing
