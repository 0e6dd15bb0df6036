select
    line_number,
    by_line_number,
    external_id
from overruled
where not is_same
order by line_number
limit :most
