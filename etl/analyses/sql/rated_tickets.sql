-- Solved or rated tickets, for the analysis of satisfaction. The agent is the one who solved the ticket.
select
    ticket.customer_hash as customer,
    ticket.created_date,
    ticket.rating::float as rating,
    ticket.first_reply_seconds::float as first_reply_seconds,
    ticket.resolution_seconds::float as resolution_seconds,
    ticket.contact_count,
    ticket.agent_contact_count,
    ticket.is_same_agent,
    ticket.proactive_update_count,
    (ticket.created_date - agent_row.hired_on) / :mean_month_days as agent_experience_months,
    category.value as category,
    priority.value as priority,
    channel.value as channel,
    customer_type.value as customer_type,
    agent.value as agent,
    ticket.survey_offered_date is not null as is_offered,
    ticket.resolved_at is not null as is_resolved,
    ticket.is_date_only
from marts.fct_tickets as ticket
left join marts.dimension_values as category
    on category.dimension = 'category' and ticket.category_id = category.id
left join marts.dimension_values as priority
    on priority.dimension = 'priority' and ticket.priority_id = priority.id
left join marts.dimension_values as channel
    on channel.dimension = 'channel' and ticket.channel_id = channel.id
left join marts.dimension_values as customer_type
    on customer_type.dimension = 'customer_type' and ticket.customer_type_id = customer_type.id
left join marts.dimension_values as agent
    on agent.dimension = 'agent' and coalesce(ticket.resolved_agent_id, ticket.agent_id) = agent.id
left join support.agents as agent_row on agent.value = agent_row.agent_name
where not ticket.is_excluded and (ticket.resolved_at is not null or ticket.rating is not null)
