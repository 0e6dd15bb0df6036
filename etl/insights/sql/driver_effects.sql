-- What goes with ratings, as far as it is supported.
select
    slug,
    unit,
    estimate,
    low,
    high,
    p_value,
    n,
    sentence
from marts.driver_effects
where high is not null
order by position
