-- The statuses in which each policy's clocks stand still. Net times leave out what the policy's resolution clock leaves
-- out; where no policy says anything, the usual statuses.
select
    policies.sla_policy_id,
    statuses.status,
    statuses.status = any(policies.first_reply_pauses) as is_first_reply,
    statuses.status = any(policies.next_reply_pauses) as is_next_reply,
    statuses.status = any(policies.resolution_pauses) as is_resolution,
    statuses.status = any(
        case when policies.resolution_pauses = '{}' then :pausing_statuses else policies.resolution_pauses end
    ) as is_net
from (
    select names.id as sla_policy_id, policy.first_reply_pauses, policy.next_reply_pauses, policy.resolution_pauses
    from support.sla_policies as policy
    inner join marts.dimension_values as names on policy.name = names.value and names.dimension = 'sla_policy'
    union all
    select :not_set_id, '{}'::text[], '{}'::text[], '{}'::text[]
) as policies
cross join unnest(:statuses) as statuses (status)
where
    statuses.status = any(policies.first_reply_pauses || policies.next_reply_pauses || policies.resolution_pauses)
    or (policies.resolution_pauses = '{}' and statuses.status = any(:pausing_statuses))
