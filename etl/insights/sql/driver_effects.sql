-- What goes with ratings: only effects that the data supports.
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
