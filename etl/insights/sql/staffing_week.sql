-- The open hours of the coming week, and those in which the roster has fewer people than are needed.
with hours as (
    select
        needed.local_date,
        needed.local_hour,
        needed.roster_people,
        needed.roster_people_low,
        needed.roster_people_high,
        count(entry.id) as rostered
    from marts.staffing_hours as needed
    left join support.roster_entries as entry
        on needed.starts_at >= entry.starts_at and needed.starts_at < entry.ends_at
    where
        needed.open_share > 0
        and needed.local_date > cast(:last as date)
        and needed.local_date <= cast(:last as date) + 7
    group by needed.starts_at
)

select
    count(*)::integer as hour_count,
    coalesce(bool_or(rostered > 0), false) as has_roster,
    count(*) filter (where roster_people > rostered)::integer as short_count,
    count(*) filter (where roster_people_low > rostered)::integer as short_low,
    count(*) filter (where roster_people_high > rostered)::integer as short_high,
    (array_agg(local_date order by roster_people - rostered desc, local_date asc, local_hour asc))[1] as short_date,
    (array_agg(local_hour order by roster_people - rostered desc, local_date asc, local_hour asc))[1] as short_hour
from hours
