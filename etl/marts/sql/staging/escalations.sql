-- Tickets that a person moved to another team or raised in priority.
select distinct ticket_id
from support.ticket_field_history
where
    /* scope: ticket_id */ true
    and not is_automatic
    and (
        (field = 'team' and old_value <> new_value)
        or (
            field = 'priority'
            and array_position(:priorities, new_value::text)
            > array_position(:priorities, old_value::text)
        )
    )
