-- How many of the file's rows went to tickets of another source.
select
    'rows_elsewhere' as slug,
    cast(:source as text) as source,
    source as other,
    cast(sum(row_count) as bigint) as row_count
from elsewhere
group by source
order by other
