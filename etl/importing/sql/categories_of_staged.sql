insert into support.categories (slug, name)
select distinct
    category as slug,
    category as name
from staged
where category is not null
on conflict (slug) do nothing
