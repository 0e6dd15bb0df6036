-- How a known ticket stands and when it ended, where the file has no column for all of it.
-- A status without a column stays unless the file's dates say otherwise. A known date of an end without a column stays
-- while the ticket is at an end, but for one that stood in for the solving: there the file's stands in.
-- A kept date without a time makes its ticket count by days. A merge without a column stays while the ticket is closed.
with naming as (
    select count(*) > 0 as has_targets
    from raw.imports
    where source = :source and profile #> '{columns,merged_into}' is not null
),

file as (
    select
        naming.has_targets,
        cast(:given as text[]) as given,
        cast(:reporting_zone as text) as zone,
        cast(:created_column as text) as created_column,
        cast(:given as text[]) && array['resolved_at', 'resolution_time'] as says_when
    from naming
),

standing as (
    select
        changed.*,
        ticket.resolved_at as known_resolved_at,
        ticket.closed_at as known_closed_at,
        ticket.source_changed_at as known_changed_at,
        ticket.is_date_only as was_date_only,
        ticket.exclusion as known_exclusion,
        case
            when 'status' = any(file.given) then changed.status
            when file.says_when
                then case
                    when (changed.status in :solved_statuses) = (ticket.status in :solved_statuses) then ticket.status
                    else changed.status
                end
            when 'closed_at' = any(file.given) and 'closed' in (changed.status, ticket.status) then changed.status
            else ticket.status
        end as standing
    from changed
    inner join support.support_tickets as ticket on changed.ticket_id = ticket.id
    cross join file
    where not file.given @> array['status', 'resolved_at', 'closed_at', 'merged_into']
),

ended as (
    select
        standing.*,
        case
            when file.says_when then standing.resolved_at
            when standing.standing not in :solved_statuses then null
            when standing.known_resolved_at in (standing.known_closed_at, standing.known_changed_at)
                then coalesce(standing.resolved_at, standing.known_resolved_at)
            else coalesce(standing.known_resolved_at, standing.resolved_at)
        end as ended_at
    from standing
    cross join file
),

counted as (
    select
        ended.*,
        case
            when ended.was_date_only and ended.ended_at <> coalesce(ended.resolved_at, '-infinity') then true
            else ended.is_date_only
        end as counts_by_days,
        date_trunc('day', ended.created_at, file.zone) as created_day,
        date_trunc('day', ended.ended_at, file.zone) as ended_day
    from ended
    cross join file
),

settled as (
    select
        counted.ticket_id,
        counted.standing,
        counted.counts_by_days,
        case
            when counted.counts_by_days and not counted.is_date_only then counted.created_day
            else counted.created_at
        end as created_at,
        case when counted.counts_by_days then counted.ended_day else counted.ended_at end as ended_at,
        case
            when 'closed_at' = any(file.given) then counted.closed_at
            when counted.standing in :solved_statuses then counted.known_closed_at
        end as closed_at,
        case
            when
                counted.exclusion is null
                and counted.known_exclusion = 'merged'
                and 'merged_into' <> all(file.given)
                and (
                    not file.given && array['status', 'exclusion']
                    or (file.has_targets and counted.standing in :solved_statuses)
                )
                then 'merged'
            else counted.exclusion
        end as exclusion,
        case
            when counted.counts_by_days and not counted.is_date_only and counted.created_at <> counted.created_day
                then
                    counted.metadata
                    || jsonb_build_object(file.created_column, counted.payload -> file.created_column)
            else counted.metadata
        end as metadata
    from counted
    cross join file
)

update changed
set
    status = settled.standing,
    created_at = settled.created_at,
    resolved_at = case when settled.ended_at >= settled.created_at then settled.ended_at end,
    closed_at = settled.closed_at,
    is_date_only = settled.counts_by_days,
    exclusion = settled.exclusion,
    metadata = settled.metadata
from settled
where changed.ticket_id = settled.ticket_id
