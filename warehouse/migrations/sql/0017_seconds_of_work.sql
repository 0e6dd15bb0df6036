-- Minutes of work are kept as exactly as a file gives them: a message may take twenty seconds.
drop view marts.ticket_timeline;

alter table support.customer_interactions alter column duration_minutes type double precision;

create view marts.ticket_timeline as
select
    ticket_id,
    timestamp as happened_at,
    'interaction' as kind,
    interaction_type as what,
    agent_name as who,
    notes as details,
    direction,
    is_public,
    is_automatic,
    duration_minutes,
    id
from support.customer_interactions
union all
select ticket_id, changed_at, 'status', status, changed_by, null, null, true, is_automatic, null, id
from support.ticket_status_history
union all
select
    ticket_id,
    changed_at,
    'field',
    field,
    changed_by,
    coalesce(old_value, '') || ' → ' || coalesce(new_value, ''),
    null,
    true,
    is_automatic,
    null,
    id
from support.ticket_field_history;

alter view marts.ticket_timeline owner to support_owner;
grant select on marts.ticket_timeline to support_portal_reader;
