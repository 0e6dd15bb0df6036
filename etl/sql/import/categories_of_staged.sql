insert into support.categories (slug, name)
select distinct
    category,
    category
from staged
where category is not null
on conflict (slug) do nothing
