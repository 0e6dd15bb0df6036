-- The policy that applies to each kind of ticket, in each stretch of time between two changes of the policies.
-- A ticket whose priority, channel or customer type is not set takes a policy that names none.
with kinds as (
    select priorities.priority, types.value as customer_type, channels.channel
    from unnest(array_append(:priorities, '')) as priorities (priority)
    cross join unnest(array_append(:channels, '')) as channels (channel)
    cross join marts.dimension_values as types
    where types.dimension = 'customer_type'
),

turning_points as (
    select '-infinity'::timestamptz as from_at
    union
    select valid_from_at
    from support.sla_policies
    where valid_from_at is not null
    union
    select valid_until_at
    from support.sla_policies
    where valid_until_at is not null
),

stretches as (
    select from_at, lead(from_at, 1, 'infinity') over (order by from_at) as until_at
    from turning_points
)

select distinct on (kinds.priority, kinds.customer_type, kinds.channel, stretches.from_at)
    kinds.priority,
    coalesce(kinds.customer_type, '') as customer_type,
    kinds.channel,
    stretches.from_at as valid_from_at,
    stretches.until_at as valid_until_at,
    names.id as sla_policy_id,
    policy.calendar_id,
    60 * policy.first_reply_minutes as first_reply_seconds,
    60 * policy.next_reply_minutes as next_reply_seconds,
    60 * policy.resolution_minutes as resolution_seconds
from kinds
cross join stretches
inner join support.sla_policies as policy
    on
        (policy.priority is null or kinds.priority = policy.priority)
        and (policy.customer_type is null or kinds.customer_type = policy.customer_type)
        and (policy.channel is null or kinds.channel = policy.channel)
        and (policy.valid_from_at is null or stretches.from_at >= policy.valid_from_at)
        and (policy.valid_until_at is null or stretches.until_at <= policy.valid_until_at)
inner join marts.dimension_values as names
    on policy.name = names.value and names.dimension = 'sla_policy' -- noqa: ST09
order by kinds.priority, kinds.customer_type, kinds.channel, stretches.from_at, policy.position, policy.id
