-- What customers go through before they leave.
select
    kind,
    slug,
    estimate,
    low,
    high,
    p_value,
    departure_count,
    is_supported
from marts.churn_pain_points
where high is not null and estimate > 0
order by kind, position
