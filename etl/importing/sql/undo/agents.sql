-- Agents whom only imports that are taken back have named.
delete from support.agents
where
    added_by_import_id in (
        select imports.id
        from raw.imports
        where imports.undone_at is not null
    )
    and agent_name not in (
        select support_tickets.assigned_agent
        from support.support_tickets
        where support_tickets.assigned_agent is not null
        union all
        select customer_interactions.agent_name
        from support.customer_interactions
        where customer_interactions.agent_name is not null
        union all
        select roster_entries.agent_name
        from support.roster_entries
        union all
        select records.external_id
        from raw.records
        where records.kind = 'agents'
    )
