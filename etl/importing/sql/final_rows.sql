-- Of several rows with the same known key, the last one in the file counts.
create temporary table final_rows on commit drop as
select distinct on (external_id) *
from repeated
order by external_id asc, line_number desc
