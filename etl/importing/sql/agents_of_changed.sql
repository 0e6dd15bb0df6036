insert into support.agents (agent_name, team)
select distinct on (assigned_agent)
    assigned_agent,
    team
from changed
where assigned_agent is not null
order by assigned_agent asc, line_number desc
on conflict (agent_name) do nothing
