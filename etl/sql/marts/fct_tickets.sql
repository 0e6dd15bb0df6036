-- One row per ticket: everything that is ever counted about it, worked out once.
with moments as (
    select
        scope.*,
        case
            when ticket.customer_email <> 'unknown@customer.invalid' then hashtextextended(ticket.customer_email, 0)
        end as customer_hash,
        ticket.customer_satisfaction_score as rating,
        ticket.survey_offered_at,
        coalesce(solved.is_solved, false) as is_solved,
        solved.solved_count,
        solved.first_solved_at,
        case when solved.is_solved then solved.last_solved_at end as resolved_at,
        coalesce(solved.reopen_count, 0) as reopen_count,
        case when replies.is_begun_by_desk then replies.clock_starts_at else scope.created_at end as clock_starts_at,
        first_reply.sent_at as first_reply_at,
        first_reply.agent_name as first_replier,
        replies.waiting_since_at,
        coalesce(contacts.contact_count, 0) as contact_count,
        coalesce(contacts.agent_contact_count, 0) as agent_contact_count,
        coalesce(contacts.reply_count_before_solved - replies.reply_turn_count_before_solved, 0) as proactive_update_count,
        coalesce(contacts.is_same_agent, false) as is_same_agent,
        contacts.handle_seconds,
        case
            when ticket.customer_satisfaction_score is not null
                then coalesce(ticket.rated_at, ticket.resolved_at, ticket.created_at)
        end as rated_at
    from ticket_scope as scope
    inner join support.support_tickets as ticket on scope.ticket_id = ticket.id
    left join solved_spans as solved on scope.ticket_id = solved.ticket_id
    left join ticket_contacts as contacts on scope.ticket_id = contacts.ticket_id
    left join ticket_replies as replies on scope.ticket_id = replies.ticket_id
    left join ticket_turns as first_reply
        on scope.ticket_id = first_reply.ticket_id and replies.first_reply_turn = first_reply.turn
),

credited as (
    select
        moments.*,
        first_solution.agent_id as first_resolution_agent_id,
        first_solution.team_id as first_resolution_team_id,
        last_solution.agent_id as resolved_agent_id,
        last_solution.team_id as resolved_team_id,
        first_replier.id as first_reply_agent_id,
        case when team_then.ticket_id is null then moments.team_id else coalesce(team_value.id, 0) end
        as first_reply_team_id,
        times.requester_wait_seconds
        + greatest(0, date_part('epoch', times.first_change_at - moments.created_at)) as requester_wait_seconds,
        times.agent_wait_seconds,
        times.on_hold_seconds,
        coalesce(times.was_stopped, false) as was_stopped,
        escalation.ticket_id is not null as is_escalated
    from moments
    left join new_fct_ticket_events as first_solution
        on moments.ticket_id = first_solution.ticket_id and first_solution.kind = 1 and first_solution.place = 1
    left join new_fct_ticket_events as last_solution
        on
            moments.ticket_id = last_solution.ticket_id
            and last_solution.kind = 1
            and moments.solved_count = last_solution.place
            and moments.is_solved
    left join status_times as times on moments.ticket_id = times.ticket_id
    left join escalations as escalation on moments.ticket_id = escalation.ticket_id
    left join marts.dimension_values as first_replier
        on first_replier.dimension = 'agent' and moments.first_replier = first_replier.value
    left join field_spans as team_then
        on
            moments.ticket_id = team_then.ticket_id
            and team_then.field = 'team'
            and moments.first_reply_at >= team_then.from_at
            and moments.first_reply_at < team_then.until_at
    left join marts.dimension_values as team_value
        on team_value.dimension = 'team' and team_then.value = team_value.value
),

clocked as (
    select
        credited.*,
        case
            when credited.first_reply_at >= credited.clock_starts_at
                then date_part('epoch', credited.first_reply_at - credited.clock_starts_at)
            -- A reply from before the ticket, by clocks that disagree, took no time.
            when credited.first_reply_at < credited.clock_starts_at then 0
        end as first_reply_elapsed,
        date_part('epoch', credited.resolved_at - credited.created_at) as resolution_elapsed,
        marts.open_microseconds(begun.open_seconds_before, begun.open_minutes, credited.created_at) as open_at_creation,
        marts.open_microseconds(asked.open_seconds_before, asked.open_minutes, credited.clock_starts_at) as open_at_start,
        marts.open_microseconds(replied.open_seconds_before, replied.open_minutes, credited.first_reply_at)
        as open_at_reply,
        marts.open_microseconds(ended.open_seconds_before, ended.open_minutes, credited.resolved_at) as open_at_resolution,
        marts.open_microseconds(
            target_begun.open_seconds_before, target_begun.open_minutes, credited.created_at
        ) as target_open_at_creation,
        marts.open_microseconds(
            target_asked.open_seconds_before, target_asked.open_minutes, credited.clock_starts_at
        ) as target_open_at_start,
        marts.open_microseconds(
            target_replied.open_seconds_before,
            target_replied.open_minutes,
            credited.first_reply_at - interval '1 microsecond'
        ) as target_open_at_reply,
        marts.open_microseconds(
            target_ended.open_seconds_before,
            target_ended.open_minutes,
            credited.resolved_at - interval '1 microsecond'
        ) as target_open_at_resolution
    from credited
    left join marts.business_days as begun
        on
            credited.calendar_id = begun.calendar_id
            and (credited.created_at at time zone 'UTC')::date = begun.utc_date
            and not credited.is_date_only
    left join marts.business_days as asked
        on
            credited.calendar_id = asked.calendar_id
            and (credited.clock_starts_at at time zone 'UTC')::date = asked.utc_date
            and not credited.is_date_only
    left join marts.business_days as replied
        on
            credited.calendar_id = replied.calendar_id
            and (credited.first_reply_at at time zone 'UTC')::date = replied.utc_date
    left join marts.business_days as ended
        on
            credited.calendar_id = ended.calendar_id
            and (credited.resolved_at at time zone 'UTC')::date = ended.utc_date
    left join marts.business_days as target_begun
        on
            credited.policy_calendar_id = target_begun.calendar_id
            and (credited.created_at at time zone 'UTC')::date = target_begun.utc_date
    left join marts.business_days as target_asked
        on
            credited.policy_calendar_id = target_asked.calendar_id
            and (credited.clock_starts_at at time zone 'UTC')::date = target_asked.utc_date
    left join marts.business_days as target_replied
        on
            credited.policy_calendar_id = target_replied.calendar_id
            and ((credited.first_reply_at - interval '1 microsecond') at time zone 'UTC')::date = target_replied.utc_date
    left join marts.business_days as target_ended
        on
            credited.policy_calendar_id = target_ended.calendar_id
            and ((credited.resolved_at - interval '1 microsecond') at time zone 'UTC')::date = target_ended.utc_date
),

judged as (
    select
        *,
        -- Open time until just before the event: one on the due instant is in time, one after closing is not.
        case
            when is_date_only or first_reply_target_seconds is null then null
            when first_reply_at is null then case when not is_solved and clock_starts_at is not null then 3 end
            when policy_calendar_id is null
                then case when first_reply_elapsed <= first_reply_target_seconds then 1 else 2 end
            when target_open_at_reply - target_open_at_start < 1000000 * first_reply_target_seconds::bigint then 1
            else 2
        end::smallint as first_reply_sla,
        case
            when is_date_only or resolution_target_seconds is null then null
            when not is_solved then 3
            when policy_calendar_id is null
                then case when resolution_elapsed <= resolution_target_seconds then 1 else 2 end
            when target_open_at_resolution - target_open_at_creation < 1000000 * resolution_target_seconds::bigint then 1
            else 2
        end::smallint as resolution_sla
    from clocked
)

select
    ticket_id,
    created_at::date as created_date,
    case when is_date_only then -1 else extract(hour from created_at) end::smallint as created_hour,
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
        when resolved_at is null then null when is_date_only then -1 else extract(hour from resolved_at)
    end::smallint as resolved_hour,
    resolved_agent_id,
    resolved_team_id,
    case when not is_date_only then floor(resolution_elapsed) end::integer as resolution_seconds,
    ((open_at_resolution - open_at_creation) / 1000000)::integer as resolution_business_seconds,
    case when is_date_only then resolved_at::date - created_at::date end as resolution_days,
    resolution_sla,
    case
        when resolution_sla = 3 then marts.due_at(policy_calendar_id, created_at, resolution_target_seconds)
    end as resolution_due_at,
    first_reply_at,
    first_reply_at::date as first_reply_date,
    case
        when first_reply_at is null then null when is_date_only then -1 else extract(hour from first_reply_at)
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
        when first_reply_sla = 3 then marts.due_at(policy_calendar_id, clock_starts_at, first_reply_target_seconds)
    end as first_reply_due_at,
    first_solved_at::date as first_resolution_date,
    case
        when first_solved_at is null then null when is_date_only then -1 else extract(hour from first_solved_at)
    end::smallint as first_resolution_hour,
    first_resolution_agent_id,
    first_resolution_team_id,
    case
        when not is_date_only then floor(date_part('epoch', first_solved_at - created_at))
    end::integer as first_resolution_seconds,
    case when is_date_only then first_solved_at::date - created_at::date end as first_resolution_days,
    case when is_solved and not is_date_only then floor(requester_wait_seconds) end::integer as requester_wait_seconds,
    case when is_solved and not is_date_only then floor(agent_wait_seconds) end::integer as agent_wait_seconds,
    case when is_solved and not is_date_only then floor(on_hold_seconds) end::integer as on_hold_seconds,
    handle_seconds::integer as handle_seconds,
    survey_offered_at::date as survey_offered_date,
    case
        when survey_offered_at is null then null when is_date_only then -1 else extract(hour from survey_offered_at)
    end::smallint as survey_offered_hour,
    rating::smallint as rating,
    rated_at::date as rated_date,
    case
        when rated_at is null then null when is_date_only then -1 else extract(hour from rated_at)
    end::smallint as rated_hour,
    case when rated_at is not null or survey_offered_at is not null then coalesce(resolved_agent_id, agent_id) end
    as rated_agent_id,
    case when rated_at is not null or survey_offered_at is not null then coalesce(resolved_team_id, team_id) end
    as rated_team_id,
    waiting_since_at,
    case
        when waiting_since_at is not null and next_reply_target_seconds is not null and not is_solved and not is_date_only
            then marts.due_at(policy_calendar_id, waiting_since_at, next_reply_target_seconds)
    end as next_reply_due_at,
    customer_hash
from judged
