-- Grain: one row per channel, category and local hour of creation: what resolved tickets took the desk's people.
-- A ticket counts for at most :most_minutes minutes, so that one forgotten clock does not staff the desk.
with handled as (
    select
        ticket.channel,
        ticket.category,
        ticket.id,
        case
            when not ticket.is_date_only then extract(hour from ticket.created_at at time zone :time_zone)
        end as local_hour,
        least(sum(contact.duration_minutes), cast(:most_minutes as bigint)) as minutes,
        least(
            avg(contact.duration_minutes) filter (where contact.interaction_type = ticket.channel),
            cast(:most_minutes as bigint)
        ) as live_minutes
    from support.support_tickets as ticket
    inner join support.customer_interactions as contact on ticket.id = contact.ticket_id
    where
        ticket.created_at >= cast(:since as timestamptz)
        and ticket.resolved_at is not null
        and ticket.exclusion is null
        and contact.agent_name is not null
        and contact.duration_minutes > 0
    group by ticket.channel, ticket.category, ticket.id, ticket.created_at, ticket.is_date_only
)

select
    channel,
    coalesce(category, '~') as category,
    local_hour,
    count(*) as tickets,
    sum(minutes) as minutes,
    count(live_minutes) as live_tickets,
    sum(live_minutes) as live_minutes
from handled
group by channel, category, local_hour
