-- Grain: one row per channel, category and local hour of creation, with the working minutes of resolved tickets.
-- A ticket counts for at most :most_minutes minutes, so that a clock somebody forgot to stop does not distort the plan.
with resolved as (
    select
        id,
        channel,
        category,
        handle_seconds,
        case when not is_date_only then extract(hour from created_at at time zone :time_zone) end as local_hour
    from support.support_tickets
    where created_at >= :since and resolved_at is not null and exclusion is null
),

handled as (
    select
        resolved.id,
        resolved.channel,
        resolved.category,
        resolved.local_hour,
        -- Where no interaction has a duration, what the ticket's source says counts.
        coalesce(sum(contact.duration_minutes), resolved.handle_seconds / 60.0) as minutes,
        avg(contact.duration_minutes) filter (where contact.interaction_type = resolved.channel) as live_minutes
    from resolved
    left join support.customer_interactions as contact
        on resolved.id = contact.ticket_id and contact.agent_name is not null and contact.duration_minutes > 0
    group by resolved.id, resolved.channel, resolved.category, resolved.local_hour, resolved.handle_seconds
)

select
    coalesce(channel, :not_set) as channel,
    local_hour,
    coalesce(category, :not_set) as category,
    count(*) as tickets,
    sum(least(minutes, :most_minutes)) as minutes,
    count(live_minutes) as live_tickets,
    sum(least(live_minutes, :most_minutes)) filter (where live_minutes is not null) as live_minutes
from handled
where minutes > 0
group by channel, category, local_hour
