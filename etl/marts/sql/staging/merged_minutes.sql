-- For each ticket that others were merged into, at whatever remove: the seconds of work on those.
-- Where no interaction has a duration, what the ticket's source says counts.
with recursive paths as (
    select id as ticket_id, merged_into_id as target_id, 1 as depth
    from support.support_tickets
    where merged_into_id is not null
    union all
    select paths.ticket_id, further.merged_into_id, paths.depth + 1
    from paths
    inner join support.support_tickets as further on paths.target_id = further.id
    where further.merged_into_id is not null and paths.depth < 10
),

targets as (
    select distinct on (ticket_id) ticket_id, target_id
    from paths
    order by ticket_id asc, depth desc
),

worked as (
    select interaction.ticket_id, cast(round(60 * sum(interaction.duration_minutes)) as bigint) as seconds
    from support.customer_interactions as interaction
    inner join targets on interaction.ticket_id = targets.ticket_id
    group by interaction.ticket_id
)

select
    targets.target_id as ticket_id,
    sum(coalesce(worked.seconds, merged.handle_seconds)) as seconds
from targets
inner join support.support_tickets as merged on targets.ticket_id = merged.id
left join worked on targets.ticket_id = worked.ticket_id
where /* scope: targets.target_id */ true
group by targets.target_id
