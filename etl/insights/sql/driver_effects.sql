-- What goes with ratings: only effects that the data supports.
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
