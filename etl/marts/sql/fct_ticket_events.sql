-- One row per event that may happen to a ticket more than once: solved, reopened, rated, surveyed, and next replies,
-- those that never came among them.
-- `offset 0` keeps PostgreSQL from merging a step into the next one, which would compute its expressions repeatedly.
with happenings as (
    select
        ticket_id as happening_ticket_id,
        kind,
        place,
        changed_at as happened_at,
        person,
        changed_at as credited_at,
        null::timestamptz as asked_at,
        null::integer as event_rating
    from status_transitions
    union all
    select
        ticket_id,
        case when is_answer then :event_rated else :event_surveyed end,
        place,
        happened_at,
        person,
        credited_at,
        null,
        score
    from survey_events
    union all
    select
        ticket_id,
        case when is_answered then :event_next_reply else :event_next_reply_ended end,
        place,
        ended_at,
        answered_by,
        ended_at as credited_at,
        asked_at,
        null
    from next_asks
    where is_answered is not null
),

credited as (
    select
        happening.*,
        scope.*,
        coalesce(
            happening.person,
            case when agent_then.ticket_id is null then scope.assigned_agent else agent_then.value end
        ) as credited_agent,
        case when team_then.ticket_id is null then scope.team else team_then.value end as credited_team,
        case when priority_then.ticket_id is null then scope.priority else coalesce(priority_then.value, '') end
            as priority_then
    from happenings as happening
    inner join ticket_scope as scope on happening.happening_ticket_id = scope.ticket_id
    left join field_spans as agent_then
        on
            happening.happening_ticket_id = agent_then.ticket_id
            and agent_then.field = 'assigned_agent'
            and happening.credited_at >= agent_then.from_at
            and happening.credited_at < agent_then.until_at
    left join field_spans as team_then
        on
            happening.happening_ticket_id = team_then.ticket_id
            and team_then.field = 'team'
            and happening.credited_at >= team_then.from_at
            and happening.credited_at < team_then.until_at
    left join field_spans as priority_then
        on
            happening.happening_ticket_id = priority_then.ticket_id
            and priority_then.field = 'priority'
            and happening.happened_at >= priority_then.from_at
            and happening.happened_at < priority_then.until_at
    offset 0 -- noqa: AM09
),

-- The policy in force when the event happened, which decides.
chosen as (
    select
        credited.*,
        coalesce(choice.sla_policy_id, :not_set_id) as event_sla_policy_id,
        choice.calendar_id as target_calendar_id,
        coalesce(choice.calendar_id, team_calendar.calendar_id, credited.calendar_id) as event_calendar_id,
        case
            when credited.asked_at is not null and not credited.is_date_only and not credited.needs_no_answer
                then 1000000 * choice.next_reply_seconds::bigint
        end as target_us,
        case when not credited.is_date_only then marts.microseconds(credited.asked_at) end as asked_us,
        case when credited.asked_at is not null then marts.microseconds(credited.happened_at) end as happened_us
    from credited
    left join marts.sla_policy_choices as choice
        on
            credited.priority_then = choice.priority
            and credited.customer_type = choice.customer_type
            and credited.channel = choice.channel
            and credited.happened_at >= choice.valid_from_at
            and credited.happened_at < choice.valid_until_at
    left join team_calendars as team_calendar on credited.credited_team = team_calendar.team
    offset 0 -- noqa: AM09
),

timed as (
    select
        chosen.*,
        chosen.happened_us - chosen.asked_us as elapsed_us,
        marts.open_microseconds(ended.open_seconds_before, ended.open_minutes, chosen.happened_us)
        - marts.open_microseconds(opened.open_seconds_before, opened.open_minutes, chosen.asked_us) as open_us,
        cumulative.open_us as cumulative_open_us,
        coalesce(pause.paused_us, 0) as paused_us,
        coalesce(pause.is_paused, false) as is_paused
    from chosen
    left join marts.business_days as opened
        on chosen.event_calendar_id = opened.calendar_id and marts.utc_day(chosen.asked_us) = opened.utc_day
    left join marts.business_days as ended
        on chosen.event_calendar_id = ended.calendar_id and marts.utc_day(chosen.happened_us) = ended.utc_day
    left join paused_clocks as pause
        on
            chosen.ticket_id = pause.ticket_id
            and pause.target = :target_next_reply
            and chosen.place = pause.place
            and chosen.asked_at is not null
    left join cumulative_clocks as cumulative
        on
            chosen.ticket_id = cumulative.ticket_id
            and cumulative.target = :target_next_reply
            and chosen.place = cumulative.place
            and chosen.asked_at is not null
    offset 0 -- noqa: AM09
),

judged as (
    select
        *,
        -- The target is reached at the very end; this is late if the clock stood still just before.
        case
            when target_us is null then null
            when case when target_calendar_id is null then elapsed_us else open_us end - paused_us <> target_us
                then case when target_calendar_id is null then elapsed_us else open_us end - paused_us < target_us
            else
                not is_paused
                and (target_calendar_id is null or marts.is_open(target_calendar_id, happened_us - 1))
        end as is_in_time
    from timed
    offset 0 -- noqa: AM09
)

select
    judged.ticket_id,
    judged.kind::smallint as kind,
    judged.place::integer as place,
    judged.happened_at::date as happened_date,
    case
        when judged.is_date_only then :unknown_hour else extract(hour from judged.happened_at)
    end::smallint as happened_hour,
    judged.category_id,
    judged.priority_id,
    judged.channel_id,
    judged.customer_type_id,
    coalesce(agent.id, :not_set_id) as agent_id,
    coalesce(team.id, :not_set_id) as team_id,
    judged.event_sla_policy_id as sla_policy_id,
    judged.agent_id as assignee_id,
    judged.team_id as ticket_team_id,
    judged.is_date_only,
    judged.is_excluded,
    judged.is_merged,
    judged.happened_at,
    judged.event_rating::smallint as rating,
    judged.customer_hash,
    case when judged.kind = :event_next_reply then (judged.elapsed_us / 1000000) end::integer as seconds,
    case
        when judged.kind = :event_next_reply then (coalesce(judged.cumulative_open_us, judged.open_us) / 1000000)
    end::integer as business_seconds,
    case
        when judged.is_in_time is null then null
        when not judged.is_in_time then :sla_missed
        when judged.kind = :event_next_reply then :sla_met
        else :sla_ended_unanswered
    end::smallint as sla
from judged
left join marts.dimension_values as agent on agent.dimension = 'agent' and judged.credited_agent = agent.value
left join marts.dimension_values as team on team.dimension = 'team' and judged.credited_team = team.value
