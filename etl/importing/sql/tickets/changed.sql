-- What the file has no column for stays as it is, in the metadata too; how a ticket stands is settled before.
-- A category or priority set by a person stays. One set by the classifier stays if the file has none.
update support.support_tickets as ticket
set
    customer_email
    = case when 'customer_email' = any(file.given) then changed.customer_email else ticket.customer_email end,
    subject = case when 'subject' = any(file.given) then changed.subject else ticket.subject end,
    content = case when 'content' = any(file.given) then changed.content else ticket.content end,
    category = case
        when
            'category' <> all(file.given)
            or ticket.category_source = 'person'
            or (ticket.category_source <> 'imported' and changed.category is null)
            then ticket.category
        else changed.category
    end,
    category_source = case
        when
            'category' <> all(file.given)
            or ticket.category_source = 'person'
            or (ticket.category_source <> 'imported' and changed.category is null)
            then ticket.category_source
        else 'imported'
    end,
    priority = case
        when
            'priority' <> all(file.given)
            or ticket.priority_source = 'person'
            or (ticket.priority_source <> 'imported' and changed.priority is null)
            then ticket.priority
        else changed.priority
    end,
    priority_source = case
        when
            'priority' <> all(file.given)
            or ticket.priority_source = 'person'
            or (ticket.priority_source <> 'imported' and changed.priority is null)
            then ticket.priority_source
        when changed.priority is null then 'default'
        else 'imported'
    end,
    status = changed.status,
    created_at = changed.created_at,
    resolved_at = changed.resolved_at,
    closed_at = changed.closed_at,
    is_date_only = changed.is_date_only,
    assigned_agent
    = case when 'assigned_agent' = any(file.given) then changed.assigned_agent else ticket.assigned_agent end,
    customer_satisfaction_score
    = case
        when 'customer_satisfaction_score' = any(file.given) then changed.customer_satisfaction_score else
            ticket.customer_satisfaction_score
    end,
    channel = case when 'channel' = any(file.given) then changed.channel else ticket.channel end,
    customer_type
    = case when 'customer_type' = any(file.given) then changed.customer_type else ticket.customer_type end,
    team = case when 'team' = any(file.given) then changed.team else ticket.team end,
    language = case when 'language' = any(file.given) then changed.language else ticket.language end,
    is_outbound = case when 'is_outbound' = any(file.given) then changed.is_outbound else ticket.is_outbound end,
    rated_at = case when 'rated_at' = any(file.given) then changed.rated_at else ticket.rated_at end,
    source_changed_at
    = case when 'source_changed_at' = any(file.given) then changed.source_changed_at else ticket.source_changed_at end,
    first_replied_at
    = case when 'first_replied_at' = any(file.given) then changed.first_replied_at else ticket.first_replied_at end,
    reopen_count = case when 'reopen_count' = any(file.given) then changed.reopen_count else ticket.reopen_count end,
    reassignment_count
    = case
        when 'reassignment_count' = any(file.given) then changed.reassignment_count else ticket.reassignment_count
    end,
    handle_seconds
    = case when 'handle_seconds' = any(file.given) then changed.handle_seconds else ticket.handle_seconds end,
    source_sla_met
    = case when 'source_sla_met' = any(file.given) then changed.source_sla_met else ticket.source_sla_met end,
    organisation = case when 'organisation' = any(file.given) then changed.organisation else ticket.organisation end,
    brand = case when 'brand' = any(file.given) then changed.brand else ticket.brand end,
    metadata = (ticket.metadata - cast(:header as text[])) || changed.metadata,
    -- A rating that was only asked for takes the day of solving: such a day goes with it.
    survey_offered_at = case
        when 'survey_offered_at' = any(file.given) then changed.survey_offered_at
        when 'customer_satisfaction_score' = any(file.given)
            then coalesce(changed.survey_offered_at, nullif(ticket.survey_offered_at, ticket.resolved_at))
        else ticket.survey_offered_at
    end,
    -- Only a source merges tickets, so what it merges no more is merged no more.
    exclusion = coalesce(changed.exclusion, nullif(ticket.exclusion, 'merged')),
    merged_into_id = case when changed.exclusion = 'merged' then ticket.merged_into_id end,
    tags = case when 'tags' = any(file.given) then coalesce(changed.tags, '{}') else ticket.tags end,
    needs_no_answer = coalesce(changed.needs_no_answer, ticket.needs_no_answer)
from changed
cross join (select cast(:given as text[]) as given) as file
where ticket.id = changed.ticket_id
