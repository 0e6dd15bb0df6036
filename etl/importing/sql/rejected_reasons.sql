select
    reason ->> 'code' as code,
    count(distinct rejected.line_number)::integer as row_count
from rejected
cross join lateral jsonb_array_elements(rejected.reasons) as reason
group by code
order by row_count desc, code asc
