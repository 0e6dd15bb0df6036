-- The latest analysis of leaving: how many customers left, and what was missing.
select
    churn_count,
    notices
from marts.churn_reports
order by made_at desc
limit 1
