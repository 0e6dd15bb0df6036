-- The tickets of which a target may have ended since a day, or still runs, and which a changed policy may be for. What
-- a ticket is like is read as the choice of its policy reads it; its priority may have been another one before.
with kinds as (
    select given.priority, given.customer_type, given.channel
    from jsonb_to_recordset(cast(:kinds as jsonb)) as given (priority text, customer_type text, channel text)
)

select facts.ticket_id
from marts.fct_tickets as facts
inner join support.support_tickets as ticket on facts.ticket_id = ticket.id
left join support.customers as customer on ticket.customer_email = customer.customer_email
where
    (
        facts.created_date >= :first -- noqa: RF02
        or facts.resolved_date >= :first -- noqa: RF02
        or facts.first_reply_date >= :first -- noqa: RF02
        or facts.sla_ended_date >= :first -- noqa: RF02
        or facts.resolved_date is null
        or facts.ticket_id in (
            select happenings.ticket_id from marts.fct_ticket_events as happenings
            where happenings.happened_date >= :first and happenings.sla is not null -- noqa: RF02
        )
    )
    and (
        :is_for_all -- noqa: RF02
        or exists (
            select from kinds as kind
            where
                (kind.channel is null or coalesce(ticket.channel, '') = kind.channel)
                and (
                    kind.customer_type is null
                    or coalesce(ticket.customer_type, customer.customer_type, '') = kind.customer_type
                )
                and (
                    kind.priority is null
                    or coalesce(ticket.priority, '') = kind.priority
                    or exists (
                        select from support.ticket_field_history as history
                        where history.ticket_id = facts.ticket_id and history.field = 'priority'
                    )
                )
        )
    )
