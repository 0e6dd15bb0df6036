-- What the file says of a team, an address or a date counts, also that there is none.
insert into support.agents as known (agent_name, team, email, hired_on, left_on, added_by_import_id)
select distinct on (changed.agent_name)
    changed.agent_name,
    changed.team,
    changed.email,
    changed.hired_on,
    changed.left_on,
    :import_id
from changed
order by changed.agent_name asc, changed.line_number desc
on conflict (agent_name) do update set
    team = coalesce(excluded.team, known.team),
    email = case
        when 'email' = any(cast(:given as text[])) then excluded.email
        else known.email
    end,
    hired_on = case
        when 'hired_on' = any(cast(:given as text[])) then excluded.hired_on
        else known.hired_on
    end,
    left_on = case
        when 'left_on' = any(cast(:given as text[])) then excluded.left_on
        else known.left_on
    end
