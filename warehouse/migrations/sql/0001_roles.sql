-- Group roles, which cannot log in themselves. Each login is made a member of the roles that it needs.
-- Roles belong to the whole server, so another database may have created them already, or be creating them now.

do $$
declare
    group_role text;
begin
    foreach group_role in array array[
        'support_owner', 'support_etl_writer', 'support_portal_reader', 'support_portal_editor'
    ]
    loop
        begin
            if not exists (select from pg_roles where rolname = group_role) then
                execute format('create role %I nologin', group_role);
            end if;
        exception when duplicate_object or unique_violation then
            null;
        end;
        if not pg_has_role(current_user, group_role, 'member') then
            execute format('grant %I to %I', group_role, current_user);
        end if;
    end loop;
end
$$;

-- support_owner owns everything but the marts, which the jobs drop and create again.
do $$
declare
    item record;
begin
    execute format('grant create on database %I to support_owner, support_etl_writer', current_database());
    execute format('grant temporary on database %I to support_etl_writer', current_database());
    alter schema raw owner to support_owner;
    alter schema support owner to support_owner;
    alter schema ops owner to support_owner;
    alter schema marts owner to support_etl_writer;
    grant usage, create on schema marts to support_owner;
    for item in
        select n.nspname, c.relname, c.relkind
        from pg_class as c inner join pg_namespace as n on n.oid = c.relnamespace
        where n.nspname in ('raw', 'support', 'marts', 'ops') and c.relkind in ('r', 'p', 'v')
    loop
        execute format(
            'alter %s %I.%I owner to %I',
            case item.relkind when 'v' then 'view' else 'table' end,
            item.nspname,
            item.relname,
            case when item.nspname = 'marts' and item.relkind <> 'v' then 'support_etl_writer' else 'support_owner' end
        );
    end loop;
    execute format('revoke create on database %I from support_owner, support_etl_writer', current_database());
end
$$;

alter function support.queue_changed_tickets() owner to support_owner;
alter function support.queue_tickets_of_changed_rows() owner to support_owner;
alter function support.request_rebuild() owner to support_owner;

-- Jobs and imports may write everything but the accounts of users.
grant usage on schema raw, support, ops to support_etl_writer;
grant select, insert, update, delete on all tables in schema raw, support, ops to support_etl_writer;
grant usage, select on all sequences in schema raw, support, ops to support_etl_writer;
revoke all on support.users from support_etl_writer;
revoke update, delete on support.audit_log from support_etl_writer;

-- The pages of the portal read with this role.
grant usage on schema marts, ops to support_portal_reader;
grant select on all tables in schema marts to support_portal_reader;
alter default privileges for role support_etl_writer in schema marts grant select on tables to support_portal_reader;
grant select on ops.data_version, ops.job_runs, ops.data_quality_results to support_portal_reader;

-- With this role the portal logs users in, and makes the changes that a manager may make.
grant support_portal_reader to support_portal_editor;
grant usage on schema support to support_portal_editor;
grant select on support.support_tickets, support.agents, support.customers to support_portal_editor;
grant update (category, category_source, priority, exclusion, team, assigned_agent) on support.support_tickets
to support_portal_editor;
grant select, insert on support.ticket_corrections, support.ticket_field_history, support.audit_log
to support_portal_editor;
grant select, insert, update, delete on support.categories to support_portal_editor;
grant select, insert, update, delete on support.category_keywords to support_portal_editor;
grant select, insert, update, delete on support.priority_rules to support_portal_editor;
grant select, insert, update, delete on support.sla_policies to support_portal_editor;
grant select, insert, update, delete on support.business_calendars to support_portal_editor;
grant select, insert, update, delete on support.business_windows to support_portal_editor;
grant select, insert, update, delete on support.business_exceptions to support_portal_editor;
grant select, insert, update on support.users to support_portal_editor;

alter function marts.microseconds(timestamptz) owner to support_owner;
alter function marts.utc_day(bigint) owner to support_owner;
alter function marts.open_microseconds(bigint, bit, bigint) owner to support_owner;
alter function marts.due_at(bigint, timestamptz, integer) owner to support_owner;
