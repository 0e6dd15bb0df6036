-- Values in the tickets of this run that have no id yet.
with ticket_values as (
    select distinct
        ticket.category,
        ticket.priority,
        ticket.channel,
        coalesce(ticket.customer_type, customer.customer_type) as customer_type,
        ticket.team,
        ticket.assigned_agent
    from support.support_tickets as ticket
    left join support.customers as customer on ticket.customer_email = customer.customer_email
    where /* scope: ticket.id */ true
),

seen as (
    select 'category' as dimension, category as value from ticket_values
    union
    select 'priority', priority from ticket_values
    union
    select 'channel', channel from ticket_values
    union
    select 'customer_type', customer_type from ticket_values
    union
    select 'team', team from ticket_values
    union
    select 'agent', assigned_agent from ticket_values
    union
    select 'agent', agent_name
    from ticket_messages
    where not is_customer
    union
    select 'agent', person from status_transitions
    union
    select case field when 'assigned_agent' then 'agent' else field end, value
    from field_spans
    where field in ('team', 'assigned_agent')
    union
    select 'sla_policy', name from support.sla_policies
),

highest as (
    select dimension, max(id) as id
    from marts.dimension_values
    group by dimension
),

fresh as (
    select dimension, value, value collate "C" as place
    from seen
    where
        value is not null
        and not exists (
            select from marts.dimension_values as known
            where known.dimension = seen.dimension and known.value = seen.value
        )
)

select
    fresh.dimension,
    fresh.value,
    coalesce(highest.id, :not_set_id) + row_number() over (partition by fresh.dimension order by fresh.place) as id
from fresh
left join highest on fresh.dimension = highest.dimension
