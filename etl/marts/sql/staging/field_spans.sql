-- The value of a field over time: one row per ticket, field and stretch of time. A field that never changed has none.
with changes as (
    select
        ticket_id,
        field,
        old_value,
        new_value,
        changed_at,
        lead(changed_at, 1, 'infinity') over following as next_changed_at,
        row_number() over following as place
    from support.ticket_field_history
    where /* scope: ticket_id */ true
    window following as (partition by ticket_id, field order by changed_at, id)
)

select
    ticket_id,
    field,
    new_value as value,
    changed_at as from_at,
    next_changed_at as until_at
from changes
union all
select
    ticket_id,
    field,
    old_value,
    '-infinity',
    changed_at
from changes
where place = 1
