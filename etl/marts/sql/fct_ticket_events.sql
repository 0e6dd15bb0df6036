-- One row per event that may happen to a ticket more than once: solved, reopened, next reply.
-- `offset 0` keeps PostgreSQL from merging a step into the next one, which would compute its expressions repeatedly.
with happenings as (
    select
        ticket_id as happening_ticket_id,
        kind,
        place,
        changed_at as happened_at,
        person,
        null::timestamptz as asked_at
    from status_transitions
    union all
    -- Turns of the desk and the customer alternate. The first reply is turn 1 or 2, or turn 3 if the desk wrote first.
    select
        turns.ticket_id,
        :event_next_reply,
        (turns.turn - openings.first_reply_turn + 1) / 2,
        turns.answered_at,
        turns.answered_by,
        turns.sent_at
    from ticket_turns as turns
    inner join (
        select
            openings.ticket_id,
            case when openings.is_begun_by_customer then 2 when scope.is_outbound then 3 else 1 end as first_reply_turn
        from ticket_openings as openings
        inner join ticket_scope as scope on openings.ticket_id = scope.ticket_id
    ) as openings on turns.ticket_id = openings.ticket_id
    where turns.is_customer and turns.turn > openings.first_reply_turn and turns.answered_at is not null
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
            and happening.happened_at >= agent_then.from_at
            and happening.happened_at < agent_then.until_at
    left join field_spans as team_then
        on
            happening.happening_ticket_id = team_then.ticket_id
            and team_then.field = 'team'
            and happening.happened_at >= team_then.from_at
            and happening.happened_at < team_then.until_at
    left join field_spans as priority_then
        on
            happening.happening_ticket_id = priority_then.ticket_id
            and priority_then.field = 'priority'
            and happening.asked_at >= priority_then.from_at
            and happening.asked_at < priority_then.until_at
    offset 0 -- noqa: AM09
),

timed as (
    select
        credited.*,
        case
            when credited.kind = :event_next_reply then coalesce(choice.sla_policy_id, :not_set_id)
            else credited.sla_policy_id
        end as event_sla_policy_id,
        choice.next_reply_seconds as target_seconds,
        choice.calendar_id as target_calendar_id,
        date_part('epoch', credited.happened_at - credited.asked_at) as seconds,
        marts.open_microseconds(ended.open_seconds_before, ended.open_minutes, credited.happened_us)
        - marts.open_microseconds(opened.open_seconds_before, opened.open_minutes, credited.asked_us)
            as open_microseconds,
        -- Open time until just before the answer: an answer at the due instant is in time, one after closing is not.
        marts.open_microseconds(target_ended.open_seconds_before, target_ended.open_minutes, credited.happened_us - 1)
        - marts.open_microseconds(target_opened.open_seconds_before, target_opened.open_minutes, credited.asked_us)
            as target_open_microseconds
    from (
        select
            *,
            case when not is_date_only then marts.microseconds(asked_at) end as asked_us,
            case when kind = :event_next_reply then marts.microseconds(happened_at) end as happened_us
        from credited
        offset 0 -- noqa: AM09
    ) as credited
    left join marts.sla_policy_choices as choice
        on
            credited.priority_then = choice.priority
            and credited.customer_type = choice.customer_type
            and credited.channel = choice.channel
            and credited.asked_at >= choice.valid_from_at
            and credited.asked_at < choice.valid_until_at
    left join marts.business_days as opened
        on credited.calendar_id = opened.calendar_id and marts.utc_day(credited.asked_us) = opened.utc_day
    left join marts.business_days as ended
        on credited.calendar_id = ended.calendar_id and marts.utc_day(credited.happened_us) = ended.utc_day
    left join marts.business_days as target_opened
        on choice.calendar_id = target_opened.calendar_id and marts.utc_day(credited.asked_us) = target_opened.utc_day
    left join marts.business_days as target_ended
        on
            choice.calendar_id = target_ended.calendar_id
            and marts.utc_day(credited.happened_us - 1) = target_ended.utc_day
    offset 0 -- noqa: AM09
)

select
    timed.ticket_id,
    timed.kind::smallint as kind,
    timed.place::integer as place,
    timed.happened_at::date as happened_date,
    case
        when timed.is_date_only then :unknown_hour else extract(hour from timed.happened_at)
    end::smallint as happened_hour,
    timed.category_id,
    timed.priority_id,
    timed.channel_id,
    timed.customer_type_id,
    coalesce(agent.id, :not_set_id) as agent_id,
    coalesce(team.id, :not_set_id) as team_id,
    timed.event_sla_policy_id as sla_policy_id,
    timed.agent_id as assignee_id,
    timed.team_id as ticket_team_id,
    timed.is_date_only,
    timed.is_excluded,
    timed.happened_at,
    case when not timed.is_date_only then floor(timed.seconds)::integer end as seconds,
    (timed.open_microseconds / 1000000)::integer as business_seconds,
    case
        when timed.kind <> :event_next_reply or timed.is_date_only or timed.target_seconds is null then null
        when timed.target_calendar_id is null
            then case when timed.seconds <= timed.target_seconds then :sla_met else :sla_missed end
        when timed.target_open_microseconds < 1000000 * timed.target_seconds::bigint then :sla_met
        else :sla_missed
    end::smallint as sla
from timed
left join marts.dimension_values as agent on agent.dimension = 'agent' and timed.credited_agent = agent.value
left join marts.dimension_values as team on team.dimension = 'team' and timed.credited_team = team.value
