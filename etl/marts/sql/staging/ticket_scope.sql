-- The tickets of this run, with what both fact tables need: dimension ids, policy and calendars.
select
    ticket.id as ticket_id,
    ticket.created_at,
    ticket.is_date_only,
    ticket.exclusion is not null as is_excluded,
    coalesce(ticket.priority, '') as priority,
    coalesce(ticket.customer_type, '') as customer_type,
    coalesce(ticket.channel, '') as channel,
    ticket.team,
    ticket.assigned_agent,
    ticket.is_outbound,
    ticket.customer_satisfaction_score as rating,
    ticket.survey_offered_at,
    case
        when ticket.customer_satisfaction_score is not null
            then coalesce(ticket.rated_at, ticket.resolved_at, ticket.created_at)
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
    coalesce(choice.sla_policy_id, :not_set_id) as sla_policy_id,
    choice.calendar_id as policy_calendar_id,
    choice.first_reply_seconds as first_reply_target_seconds,
    choice.next_reply_seconds as next_reply_target_seconds,
    choice.resolution_seconds as resolution_target_seconds,
    calendar.id as calendar_id
from support.support_tickets as ticket
left join support.business_calendars as calendar on calendar.is_default
left join field_spans as priority_then
    on
        ticket.id = priority_then.ticket_id
        and priority_then.field = 'priority'
        and ticket.created_at >= priority_then.from_at
        and ticket.created_at < priority_then.until_at
left join marts.sla_policy_choices as choice
    on
        coalesce(case when priority_then.ticket_id is null then ticket.priority else priority_then.value end, '')
        = choice.priority
        and coalesce(ticket.customer_type, '') = choice.customer_type
        and coalesce(ticket.channel, '') = choice.channel
        and ticket.created_at >= choice.valid_from_at
        and ticket.created_at < choice.valid_until_at
left join marts.dimension_values as category
    on category.dimension = 'category' and ticket.category = category.value
left join marts.dimension_values as priority
    on priority.dimension = 'priority' and ticket.priority = priority.value
left join marts.dimension_values as channel
    on channel.dimension = 'channel' and ticket.channel = channel.value
left join marts.dimension_values as customer_type
    on customer_type.dimension = 'customer_type' and ticket.customer_type = customer_type.value
left join marts.dimension_values as agent on agent.dimension = 'agent' and ticket.assigned_agent = agent.value
left join marts.dimension_values as team on team.dimension = 'team' and ticket.team = team.value
where /* scope: ticket.id */ true
