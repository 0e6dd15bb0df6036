-- The latest analysis of ratings: how many there were, and what was missing.
select
    rated_count,
    notices
from marts.driver_reports
order by made_at desc
limit 1
