-- One row per ticket, with everything that any metric counts about the ticket.
-- `offset 0` keeps PostgreSQL from merging a step into the next one, which would compute its expressions repeatedly.
with solution_credits as (
    -- For each ticket that was ever solved: who is credited with its first and its latest solution.
    select
        ticket_id,
        min(array[place, agent_id, team_id]) as first_credit,
        max(array[place, agent_id, team_id]) as last_credit
    from new_fct_ticket_events
    where kind = :event_solved
    group by ticket_id
),

told as (
    select
        scope.*,
        coalesce(statuses.is_solved, false) as is_solved,
        statuses.first_solved_at,
        case when statuses.is_solved then statuses.last_solved_at end as resolved_at,
        statuses.solved_count,
        coalesce(statuses.reopen_count, 0) as reopen_count,
        coalesce(statuses.was_stopped, false) as was_stopped,
        -- Waiting times need a status history, and are known only when the ticket is solved.
        statuses.is_solved and statuses.has_history and not scope.is_date_only as has_waits,
        greatest(0, date_part('epoch', statuses.first_change_at - scope.created_at)) as wait_before_first_change,
        coalesce(statuses.requester_wait_seconds, 0) as requester_wait,
        coalesce(statuses.agent_wait_seconds, 0) as agent_wait,
        coalesce(statuses.on_hold_seconds, 0) as on_hold,
        -- Turns alternate, so the first reply is the desk's first turn after the clock has started. If the desk wrote
        -- first, the clock starts at the customer's first message.
        case
            when
                openings.is_begun_by_customer or not scope.is_outbound or openings.ticket_id is null
                then scope.created_at
            else openings.sent_at_2
        end as clock_starts_at,
        case
            when openings.is_begun_by_customer then openings.sent_at_2
            when scope.is_outbound then openings.sent_at_3
            else openings.sent_at_1
        end as first_reply_at,
        case
            when openings.is_begun_by_customer then openings.agent_2
            when scope.is_outbound then openings.agent_3
            else openings.agent_1
        end as first_replier,
        openings.waiting_since_at,
        coalesce(contacts.contact_count, 0) as contact_count,
        coalesce(contacts.agent_contact_count, 0) as agent_contact_count,
        coalesce(contacts.is_same_agent, false) as is_same_agent,
        contacts.handle_seconds,
        coalesce(proactive.proactive_update_count, 0) as proactive_update_count,
        escalation.ticket_id is not null as is_escalated,
        credits.first_credit,
        case when statuses.is_solved then credits.last_credit end as last_credit
    from ticket_scope as scope
    left join ticket_statuses as statuses on scope.ticket_id = statuses.ticket_id
    left join ticket_openings as openings on scope.ticket_id = openings.ticket_id
    left join ticket_contacts as contacts on scope.ticket_id = contacts.ticket_id
    left join solution_credits as credits on scope.ticket_id = credits.ticket_id
    left join proactive_updates as proactive on scope.ticket_id = proactive.ticket_id
    left join escalations as escalation on scope.ticket_id = escalation.ticket_id
    offset 0 -- noqa: AM09
),

credited as (
    select
        told.*,
        first_replier.id as first_reply_agent_id,
        case when team_then.ticket_id is null then told.team_id else coalesce(team_value.id, :not_set_id) end
            as first_reply_team_id,
        case
            when told.first_reply_at >= told.clock_starts_at
                then date_part('epoch', told.first_reply_at - told.clock_starts_at)
            -- A reply dated before the ticket comes from clocks that disagree, and counts as no time.
            when told.first_reply_at < told.clock_starts_at then 0
        end as first_reply_elapsed,
        date_part('epoch', told.resolved_at - told.created_at) as resolution_elapsed,
        case when not told.is_date_only then marts.microseconds(told.created_at) end as created_us,
        case when not told.is_date_only then marts.microseconds(told.clock_starts_at) end as started_us,
        marts.microseconds(told.first_reply_at) as replied_us,
        marts.microseconds(told.resolved_at) as resolved_us
    from told
    left join marts.dimension_values as first_replier
        on first_replier.dimension = 'agent' and told.first_replier = first_replier.value
    left join field_spans as team_then
        on
            told.ticket_id = team_then.ticket_id
            and team_then.field = 'team'
            and told.first_reply_at >= team_then.from_at
            and told.first_reply_at < team_then.until_at
    left join marts.dimension_values as team_value
        on team_value.dimension = 'team' and team_then.value = team_value.value
    offset 0 -- noqa: AM09
),

clocked as (
    select
        credited.*,
        marts.open_microseconds(begun.open_seconds_before, begun.open_minutes, credited.created_us) as open_at_creation,
        marts.open_microseconds(started.open_seconds_before, started.open_minutes, credited.started_us)
            as open_at_start,
        marts.open_microseconds(replied.open_seconds_before, replied.open_minutes, credited.replied_us)
            as open_at_reply,
        marts.open_microseconds(ended.open_seconds_before, ended.open_minutes, credited.resolved_us)
            as open_at_resolution,
        marts.open_microseconds(target_begun.open_seconds_before, target_begun.open_minutes, credited.created_us)
            as target_open_at_creation,
        marts.open_microseconds(target_started.open_seconds_before, target_started.open_minutes, credited.started_us)
            as target_open_at_start,
        -- Open time until just before the event: an event at the due instant is in time, one after closing time is not.
        marts.open_microseconds(
            target_replied.open_seconds_before, target_replied.open_minutes, credited.replied_us - 1
        )
            as target_open_at_reply,
        marts.open_microseconds(target_ended.open_seconds_before, target_ended.open_minutes, credited.resolved_us - 1)
            as target_open_at_resolution
    from credited
    left join marts.business_days as begun
        on credited.calendar_id = begun.calendar_id and marts.utc_day(credited.created_us) = begun.utc_day
    left join marts.business_days as started
        on credited.calendar_id = started.calendar_id and marts.utc_day(credited.started_us) = started.utc_day
    left join marts.business_days as replied
        on credited.calendar_id = replied.calendar_id and marts.utc_day(credited.replied_us) = replied.utc_day
    left join marts.business_days as ended
        on credited.calendar_id = ended.calendar_id and marts.utc_day(credited.resolved_us) = ended.utc_day
    left join marts.business_days as target_begun
        on
            credited.policy_calendar_id = target_begun.calendar_id
            and marts.utc_day(credited.created_us) = target_begun.utc_day
    left join marts.business_days as target_started
        on
            credited.policy_calendar_id = target_started.calendar_id
            and marts.utc_day(credited.started_us) = target_started.utc_day
    left join marts.business_days as target_replied
        on
            credited.policy_calendar_id = target_replied.calendar_id
            and marts.utc_day(credited.replied_us - 1) = target_replied.utc_day
    left join marts.business_days as target_ended
        on
            credited.policy_calendar_id = target_ended.calendar_id
            and marts.utc_day(credited.resolved_us - 1) = target_ended.utc_day
    offset 0 -- noqa: AM09
),

judged as (
    select
        *,
        case
            when is_date_only or first_reply_target_seconds is null then null
            when first_reply_at is null
                then case when not is_solved and clock_starts_at is not null then :sla_running end
            when policy_calendar_id is null
                then case when first_reply_elapsed <= first_reply_target_seconds then :sla_met else :sla_missed end
            when target_open_at_reply - target_open_at_start < 1000000 * first_reply_target_seconds::bigint
                then :sla_met
            else :sla_missed
        end::smallint as first_reply_sla,
        case
            when is_date_only or resolution_target_seconds is null then null
            when not is_solved then :sla_running
            when policy_calendar_id is null
                then case when resolution_elapsed <= resolution_target_seconds then :sla_met else :sla_missed end
            when
                target_open_at_resolution - target_open_at_creation < 1000000 * resolution_target_seconds::bigint
                then :sla_met
            else :sla_missed
        end::smallint as resolution_sla
    from clocked
    offset 0 -- noqa: AM09
)

select
    ticket_id,
    created_at::date as created_date,
    case when is_date_only then :unknown_hour else extract(hour from created_at) end::smallint as created_hour,
    category_id,
    priority_id,
    channel_id,
    customer_type_id,
    agent_id,
    team_id,
    sla_policy_id,
    is_date_only,
    is_excluded,
    coalesce(
        is_solved and agent_contact_count >= 1 and not was_stopped and reopen_count = 0 and solved_count = 1, false
    ) as is_one_touch,
    is_same_agent,
    is_escalated,
    contact_count::integer as contact_count,
    agent_contact_count::integer as agent_contact_count,
    proactive_update_count::integer as proactive_update_count,
    reopen_count::integer as reopen_count,
    created_at,
    resolved_at,
    resolved_at::date as resolved_date,
    case
        when resolved_at is null then null
        when is_date_only then :unknown_hour
        else extract(hour from resolved_at)
    end::smallint as resolved_hour,
    last_credit[2] as resolved_agent_id,
    last_credit[3] as resolved_team_id,
    case when not is_date_only then floor(resolution_elapsed) end::integer as resolution_seconds,
    ((open_at_resolution - open_at_creation) / 1000000)::integer as resolution_business_seconds,
    case when is_date_only then resolved_at::date - created_at::date end as resolution_days,
    resolution_sla,
    case
        when resolution_sla = :sla_running
            then marts.due_at(policy_calendar_id, created_at, resolution_target_seconds)
    end as resolution_due_at,
    first_reply_at,
    first_reply_at::date as first_reply_date,
    case
        when first_reply_at is null then null
        when is_date_only then :unknown_hour
        else extract(hour from first_reply_at)
    end::smallint as first_reply_hour,
    first_reply_agent_id,
    first_reply_team_id,
    case when not is_date_only then floor(first_reply_elapsed) end::integer as first_reply_seconds,
    case
        when open_at_reply >= open_at_start then (open_at_reply - open_at_start) / 1000000
        when open_at_reply < open_at_start then 0
    end::integer as first_reply_business_seconds,
    case
        when is_date_only and first_reply_at is not null then greatest(0, first_reply_at::date - created_at::date)
    end as first_reply_days,
    first_reply_sla,
    case
        when first_reply_sla = :sla_running
            then marts.due_at(policy_calendar_id, clock_starts_at, first_reply_target_seconds)
    end as first_reply_due_at,
    first_solved_at::date as first_resolution_date,
    case
        when first_solved_at is null then null
        when is_date_only then :unknown_hour
        else extract(hour from first_solved_at)
    end::smallint as first_resolution_hour,
    first_credit[2] as first_resolution_agent_id,
    first_credit[3] as first_resolution_team_id,
    case
        when not is_date_only then floor(date_part('epoch', first_solved_at - created_at))
    end::integer as first_resolution_seconds,
    case when is_date_only then first_solved_at::date - created_at::date end as first_resolution_days,
    case when has_waits then floor(requester_wait + wait_before_first_change) end::integer as requester_wait_seconds,
    case when has_waits then floor(agent_wait) end::integer as agent_wait_seconds,
    case when has_waits then floor(on_hold) end::integer as on_hold_seconds,
    handle_seconds::integer as handle_seconds,
    survey_offered_at::date as survey_offered_date,
    case
        when survey_offered_at is null then null
        when is_date_only then :unknown_hour
        else extract(hour from survey_offered_at)
    end::smallint as survey_offered_hour,
    rating::smallint as rating,
    rated_at::date as rated_date,
    case
        when rated_at is null then null
        when is_date_only then :unknown_hour
        else extract(hour from rated_at)
    end::smallint as rated_hour,
    case when rated_at is not null or survey_offered_at is not null then coalesce(last_credit[2], agent_id) end
        as rated_agent_id,
    case when rated_at is not null or survey_offered_at is not null then coalesce(last_credit[3], team_id) end
        as rated_team_id,
    waiting_since_at,
    case
        when
            waiting_since_at is not null
            and next_reply_target_seconds is not null
            and not is_solved
            and not is_date_only
            then marts.due_at(policy_calendar_id, waiting_since_at, next_reply_target_seconds)
    end as next_reply_due_at,
    customer_hash
from judged
