insert into support.agents (agent_name, added_by_import_id)
select distinct
    agent_name,
    cast(:import_id as bigint) as added_by_import_id
from changed
where agent_name is not null and reasons is null
on conflict (agent_name) do nothing
