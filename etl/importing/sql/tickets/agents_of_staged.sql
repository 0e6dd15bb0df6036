insert into support.agents (agent_name, team, added_by_import_id)
select distinct on (assigned_agent)
    assigned_agent,
    team,
    cast(:import_id as bigint) as added_by_import_id
from staged
where assigned_agent is not null
order by assigned_agent asc, line_number desc
on conflict (agent_name) do nothing
