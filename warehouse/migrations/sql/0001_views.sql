-- The texts of customers. This view is all that the portal's readers can read of schema support's tickets.

create view marts.ticket_texts as
select
    id as ticket_id,
    customer_email,
    subject,
    content,
    status,
    language,
    category_source,
    exclusion,
    metadata
from support.support_tickets;

create view marts.ticket_timeline as
select
    ticket_id,
    timestamp as happened_at,
    'interaction' as kind,
    interaction_type as what,
    agent_name as who,
    notes as details,
    direction,
    is_public,
    is_automatic,
    duration_minutes,
    id
from support.customer_interactions
union all
select ticket_id, changed_at, 'status', status, changed_by, null, null, true, is_automatic, null, id
from support.ticket_status_history
union all
select
    ticket_id,
    changed_at,
    'field',
    field,
    changed_by,
    coalesce(old_value, '') || ' → ' || coalesce(new_value, ''),
    null,
    true,
    is_automatic,
    null,
    id
from support.ticket_field_history;

-- Name and position of each category in the desk's list, for charts.
create view marts.category_names as
select
    slug,
    name,
    position
from support.categories;

-- The models' predictions for tickets, with their reasons.
create view marts.ticket_predictions as
select
    id,
    ticket_id,
    model_version,
    category,
    confidence,
    priority,
    urgency,
    sentiment,
    language,
    reasons,
    predicted_at
from support.ticket_predictions;
