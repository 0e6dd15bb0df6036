-- The tickets of this run, with what both fact tables need: dimension ids and the desk's own calendar.
select
    ticket.id as ticket_id,
    ticket.created_at,
    ticket.is_date_only,
    ticket.exclusion is not null or ticket.merged_into_id is not null as is_excluded,
    coalesce(ticket.exclusion = 'merged', false) or ticket.merged_into_id is not null as is_merged,
    ticket.status in :solved_statuses
    and ticket.resolved_at is null
    and ticket.closed_at is null as is_solved_without_instant,
    ticket.reopen_count as source_reopen_count,
    ticket.handle_seconds as source_handle_seconds,
    coalesce(ticket.priority, '') as priority,
    coalesce(ticket.customer_type, customer.customer_type, '') as customer_type,
    coalesce(ticket.channel, '') as channel,
    ticket.team,
    ticket.assigned_agent,
    ticket.is_outbound,
    ticket.needs_no_answer,
    ticket.source_sla_met,
    ticket.first_replied_at,
    ticket.customer_satisfaction_score as rating,
    ticket.survey_offered_at,
    case
        when ticket.customer_satisfaction_score is not null
            then
                coalesce(
                    ticket.rated_at,
                    ticket.resolved_at,
                    greatest(coalesce(ticket.closed_at, ticket.source_changed_at), ticket.created_at)
                )
    end as rated_at,
    case
        when ticket.customer_email <> :no_customer then hashtextextended(ticket.customer_email, 0)
    end as customer_hash,
    coalesce(category.id, :not_set_id) as category_id,
    coalesce(priority.id, :not_set_id) as priority_id,
    coalesce(channel.id, :not_set_id) as channel_id,
    coalesce(customer_type.id, :not_set_id) as customer_type_id,
    coalesce(agent.id, :not_set_id) as agent_id,
    coalesce(team.id, :not_set_id) as team_id,
    calendar.id as calendar_id
from support.support_tickets as ticket
left join support.customers as customer on ticket.customer_email = customer.customer_email
left join support.business_calendars as calendar on calendar.is_default
left join marts.dimension_values as category
    on category.dimension = 'category' and ticket.category = category.value
left join marts.dimension_values as priority
    on priority.dimension = 'priority' and ticket.priority = priority.value
left join marts.dimension_values as channel
    on channel.dimension = 'channel' and ticket.channel = channel.value
left join marts.dimension_values as customer_type
    on
        customer_type.dimension = 'customer_type'
        and coalesce(ticket.customer_type, customer.customer_type) = customer_type.value
left join marts.dimension_values as agent on agent.dimension = 'agent' and ticket.assigned_agent = agent.value
left join marts.dimension_values as team on team.dimension = 'team' and ticket.team = team.value
where /* scope: ticket.id */ true
