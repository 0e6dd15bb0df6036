-- The status history, each step with the status before and after it. Without a history, the instant of the solution is
-- the only step: resolved_at, or when the ticket was closed.
with steps as (
    select
        ticket_id,
        changed_at,
        id,
        is_automatic,
        status,
        status in :solved_statuses as is_solved,
        case when not is_automatic then changed_by end as person,
        lag(status in :solved_statuses, 1, false) over following as was_solved,
        lead(changed_at) over following as next_changed_at
    from support.ticket_status_history
    where /* scope: ticket_id */ true
    window following as (partition by ticket_id order by changed_at, id)
)

select
    ticket_id,
    changed_at,
    id,
    -- Nobody reopened a ticket that opened by itself just after a machine's letter, such as an out-of-office reply.
    case
        when not was_solved or is_solved or person is not null then is_automatic
        else
            is_automatic
            or coalesce(
                (
                    select letter.is_automatic
                    from support.customer_interactions as letter
                    where
                        letter.ticket_id = steps.ticket_id
                        and letter.direction = 'inbound'
                        and letter.timestamp <= steps.changed_at
                        and letter.timestamp >= steps.changed_at - interval '1 minute'
                    order by letter.timestamp desc, letter.id desc
                    limit 1
                ),
                false
            )
    end as is_automatic,
    status,
    is_solved,
    person,
    was_solved,
    next_changed_at
from steps
union all
select
    ticket.id,
    coalesce(ticket.resolved_at, greatest(ticket.closed_at, ticket.created_at)),
    0,
    false,
    null,
    true,
    null,
    false,
    null
from support.support_tickets as ticket
where
    /* scope: ticket.id */ true
    and (ticket.resolved_at is not null or ticket.closed_at is not null)
    and ticket.status in :solved_statuses
    and not exists (
        select from support.ticket_status_history as history
        where history.ticket_id = ticket.id
    )
