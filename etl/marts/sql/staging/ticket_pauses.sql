-- Stretches of time in which a clock of a ticket stood still, by the policy that was in force then.
with stopped as (
    select
        steps.ticket_id,
        steps.status,
        steps.changed_at as from_at,
        coalesce(steps.next_changed_at, 'infinity'::timestamptz) as until_at
    from status_steps as steps
    where steps.status in (select pauses.status from marts.sla_pauses as pauses)
),

by_priority as (
    select
        stopped.ticket_id,
        stopped.status,
        case when span.ticket_id is null then scope.priority else coalesce(span.value, '') end as priority,
        scope.customer_type,
        scope.channel,
        greatest(stopped.from_at, span.from_at) as from_at,
        least(stopped.until_at, span.until_at) as until_at
    from stopped
    inner join ticket_scope as scope on stopped.ticket_id = scope.ticket_id
    left join field_spans as span
        on
            stopped.ticket_id = span.ticket_id
            and span.field = 'priority'
            and stopped.until_at > span.from_at
            and stopped.from_at < span.until_at
),

by_policy as (
    select
        by_priority.ticket_id,
        by_priority.status,
        coalesce(choice.sla_policy_id, :not_set_id) as sla_policy_id,
        greatest(by_priority.from_at, choice.valid_from_at) as from_at,
        least(by_priority.until_at, choice.valid_until_at) as until_at
    from by_priority
    left join marts.sla_policy_choices as choice
        on
            by_priority.priority = choice.priority
            and by_priority.customer_type = choice.customer_type
            and by_priority.channel = choice.channel
            and by_priority.until_at > choice.valid_from_at
            and by_priority.from_at < choice.valid_until_at
)

select
    by_policy.ticket_id,
    by_policy.from_at,
    by_policy.until_at,
    pauses.is_first_reply,
    pauses.is_next_reply,
    pauses.is_resolution,
    pauses.is_net
from by_policy
inner join marts.sla_pauses as pauses
    on by_policy.sla_policy_id = pauses.sla_policy_id and by_policy.status = pauses.status
