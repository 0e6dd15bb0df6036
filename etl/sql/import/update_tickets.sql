-- What a person decided in the portal stays.
update support.support_tickets as ticket
set
    customer_email = changed.customer_email,
    subject = changed.subject,
    content = changed.content,
    category = case when ticket.category_source = 'person' then ticket.category else changed.category end,
    priority = case
        when exists (
            select
            from support.ticket_corrections as correction
            where correction.ticket_id = ticket.id and correction.field = 'priority'
        ) then ticket.priority
        else changed.priority
    end,
    status = changed.status,
    created_at = changed.created_at,
    resolved_at = changed.resolved_at,
    assigned_agent = changed.assigned_agent,
    customer_satisfaction_score = changed.customer_satisfaction_score,
    metadata = changed.metadata,
    channel = changed.channel,
    customer_type = changed.customer_type,
    team = changed.team,
    language = changed.language,
    is_date_only = changed.is_date_only,
    is_outbound = changed.is_outbound,
    exclusion = coalesce(changed.exclusion, ticket.exclusion),
    survey_offered_at = changed.survey_offered_at,
    rated_at = changed.rated_at
from changed
where ticket.id = changed.ticket_id
