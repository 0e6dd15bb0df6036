-- A category or priority set by a person stays. One set by the classifier stays if the file has none.
update support.support_tickets as ticket
set
    customer_email = changed.customer_email,
    subject = changed.subject,
    content = changed.content,
    category = case
        when
            ticket.category_source = 'person' or (ticket.category_source <> 'imported' and changed.category is null)
            then ticket.category
        else changed.category
    end,
    category_source = case
        when
            ticket.category_source = 'person' or (ticket.category_source <> 'imported' and changed.category is null)
            then ticket.category_source
        else 'imported'
    end,
    priority = case
        when
            ticket.priority_source = 'person' or (ticket.priority_source <> 'imported' and changed.priority is null)
            then ticket.priority
        else changed.priority
    end,
    priority_source = case
        when
            ticket.priority_source = 'person' or (ticket.priority_source <> 'imported' and changed.priority is null)
            then ticket.priority_source
        when changed.priority is null then 'default'
        else 'imported'
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
    -- Only a source merges tickets, so what it merges no more is merged no more.
    exclusion = coalesce(changed.exclusion, nullif(ticket.exclusion, 'merged')),
    merged_into_id = case when changed.exclusion = 'merged' then ticket.merged_into_id end,
    survey_offered_at = changed.survey_offered_at,
    rated_at = changed.rated_at,
    closed_at = changed.closed_at,
    source_changed_at = changed.source_changed_at,
    first_replied_at = changed.first_replied_at,
    reopen_count = changed.reopen_count,
    reassignment_count = changed.reassignment_count,
    handle_seconds = changed.handle_seconds,
    source_sla_met = changed.source_sla_met,
    organisation = changed.organisation,
    brand = changed.brand,
    tags = coalesce(changed.tags, '{}'),
    needs_no_answer = coalesce(changed.needs_no_answer, ticket.needs_no_answer)
from changed
where ticket.id = changed.ticket_id
