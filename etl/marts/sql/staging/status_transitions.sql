-- One row for every time a ticket was solved or reopened.
with transitions as (
    select
        ticket_id,
        changed_at,
        id,
        person,
        lag(person) over (partition by ticket_id order by changed_at, id) as earlier_person,
        case
            when is_solved then :event_solved
            when is_automatic then :event_reopened_automatically
            else :event_reopened
        end as kind
    from status_steps
    where is_solved <> was_solved
)

select
    ticket_id,
    changed_at,
    kind,
    -- Who solved the ticket; for a reopening, who had solved it before.
    case when kind = :event_solved then person else earlier_person end as person,
    row_number() over (partition by ticket_id, kind order by changed_at, id) as place
from transitions
