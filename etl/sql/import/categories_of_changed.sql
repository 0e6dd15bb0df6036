insert into support.categories (slug, name)
select distinct
    category,
    category
from changed
where category is not null
on conflict (slug) do nothing
