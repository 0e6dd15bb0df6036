-- What goes with ratings, all else held equal, whether or not the data supports it.
select
    slug,
    unit,
    estimate,
    low,
    high,
    p_value,
    n,
    is_supported,
    same_agent_mean,
    several_agents_mean
from marts.driver_effects
where high is not null
order by position
