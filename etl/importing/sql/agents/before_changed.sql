-- Agents of the rows who were there before the import, as they were then.
insert into before_rows (table_name, row_key, row_before)
select
    'agents' as table_name,
    agents.agent_name,
    to_jsonb(agents) as row_before
from support.agents
where
    agents.added_by_import_id is distinct from :import_id
    and agents.agent_name in (
        select changed.agent_name
        from changed
    )
on conflict (table_name, row_key) do nothing
