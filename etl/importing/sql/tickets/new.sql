insert into support.support_tickets (
    id, customer_email, subject, content, category, priority, status, created_at, resolved_at, assigned_agent,
    customer_satisfaction_score, metadata, channel, customer_type, team, language, is_date_only, is_outbound,
    exclusion, survey_offered_at, rated_at, closed_at, source_changed_at, first_replied_at, reopen_count,
    reassignment_count, handle_seconds, source_sla_met, organisation, brand, tags, needs_no_answer, priority_source
)
overriding system value
select
    numbered.row_id,
    staged.customer_email,
    staged.subject,
    staged.content,
    staged.category,
    staged.priority,
    staged.status,
    staged.created_at,
    staged.resolved_at,
    staged.assigned_agent,
    staged.customer_satisfaction_score,
    staged.metadata,
    staged.channel,
    staged.customer_type,
    staged.team,
    staged.language,
    staged.is_date_only,
    staged.is_outbound,
    staged.exclusion,
    staged.survey_offered_at,
    staged.rated_at,
    staged.closed_at,
    staged.source_changed_at,
    staged.first_replied_at,
    staged.reopen_count,
    staged.reassignment_count,
    staged.handle_seconds,
    staged.source_sla_met,
    staged.organisation,
    staged.brand,
    coalesce(staged.tags, '{}'),
    coalesce(staged.needs_no_answer, false),
    case when staged.priority is null then 'default' else 'imported' end
from numbered
inner join staged on numbered.line_number = staged.line_number
