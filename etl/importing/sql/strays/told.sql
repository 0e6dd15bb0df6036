-- How many rows came from tickets of which source.
select
    'rows_came_home' as slug,
    from_source as other,
    count(*) as row_count
from strays
group by from_source
order by from_source
