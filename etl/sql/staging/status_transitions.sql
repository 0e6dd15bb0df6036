-- One row for every time a ticket was solved or reopened. A ticket without history was solved when it says so.
with steps as (
    select
        ticket_id,
        changed_at,
        id,
        case when not is_automatic then changed_by end as person,
        is_automatic,
        status in ('resolved', 'closed') as is_solved,
        lag(status in ('resolved', 'closed'), 1, false)
            over (partition by ticket_id order by changed_at, id)
        as was_solved
    from support.ticket_status_history
    where /* scope: ticket_id */ true
),

transitions as (
    select
        ticket_id,
        changed_at,
        id,
        is_automatic,
        is_solved,
        person,
        lag(person) over (partition by ticket_id order by changed_at, id) as earlier_person
    from steps
    where is_solved <> was_solved
    union all
    select id, resolved_at, 0, false, true, null, null
    from support.support_tickets
    where
        /* scope: id */ true
        and resolved_at is not null
        and status in ('resolved', 'closed')
        and not exists (
            select from support.ticket_status_history
            where ticket_status_history.ticket_id = support_tickets.id
        )
),

kinds as (
    select
        *,
        case when is_solved then 1 when is_automatic then 3 else 2 end as kind
    from transitions
)

select
    ticket_id,
    changed_at,
    kind,
    -- Who solved it; of a reopening, whose solution it was.
    case when is_solved then person else earlier_person end as person,
    row_number() over (partition by ticket_id, kind order by changed_at, id) as place
from kinds
