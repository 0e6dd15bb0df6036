insert into support.categories (slug, name)
select distinct
    category as slug,
    category as name
from changed
where category is not null
on conflict (slug) do nothing
