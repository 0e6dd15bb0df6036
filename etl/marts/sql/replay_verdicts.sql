-- What became of each ticket whose last target ended in the days, before and after, by the week in which it ended.
-- A ticket outside the days has no verdict: its null is a third one.
with news as (
    select ticket_id, sla_policy_id, sla_ended_date, sla_missed_count
    from new_fct_tickets
    union all
    -- What no changed policy is for stays as it is.
    select ticket_id, sla_policy_id, sla_ended_date, sla_missed_count
    from marts.fct_tickets
    where
        sla_ended_date >= :first
        and ticket_id not in (select tickets.ticket_id from changed_tickets as tickets)
)

select
    olds.ticket_id,
    policies.value as policy,
    case
        when olds.sla_ended_date >= :first -- noqa: RF02
            then date_trunc('week', olds.sla_ended_date::timestamp)::date
    end as old_week,
    case
        when news.sla_ended_date >= :first -- noqa: RF02
            then date_trunc('week', news.sla_ended_date::timestamp)::date
    end as new_week,
    case when olds.sla_ended_date >= :first then olds.sla_missed_count = 0 end as was_met, -- noqa: RF02
    case when news.sla_ended_date >= :first then news.sla_missed_count = 0 end as is_met -- noqa: RF02
from marts.fct_tickets as olds
inner join news on olds.ticket_id = news.ticket_id
left join marts.dimension_values as policies
    on policies.dimension = 'sla_policy' and news.sla_policy_id = policies.id
where
    not olds.is_excluded
    and (olds.sla_ended_date >= :first or news.sla_ended_date >= :first) -- noqa: RF02
order by olds.ticket_id
