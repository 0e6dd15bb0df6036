-- One row per ticket, with everything that any metric counts about the ticket.
-- `offset 0` keeps PostgreSQL from merging a step into the next one, which would compute its expressions repeatedly.
with event_sums as (
    -- For each ticket: who is credited with its first and its latest solution, and how its next replies ended.
    select
        ticket_id,
        min(case when kind = :event_solved then array[place, agent_id, team_id] end) as first_credit,
        max(case when kind = :event_solved then array[place, agent_id, team_id] end) as last_credit,
        count(*) filter (where sla = :sla_met) as replies_met,
        count(*) filter (where sla = :sla_missed) as replies_missed,
        count(*) filter (where sla = :sla_ended_unanswered) as replies_ended_unanswered,
        max(happened_at) filter (where sla is not null) as replies_ended_at
    from new_fct_ticket_events
    group by ticket_id
),

told as (
    select
        scope.*,
        coalesce(statuses.is_solved, false) as is_solved,
        statuses.first_solved_at,
        case when statuses.is_solved then statuses.last_solved_at end as resolved_at,
        statuses.solved_count,
        coalesce(statuses.has_history, false) as has_history,
        case when statuses.has_history then statuses.reopen_count else scope.source_reopen_count end as reopen_count,
        scope.is_solved_without_instant and statuses.ticket_id is null as is_solved_undated,
        -- Without a single message, nobody knows whether there was a reply.
        contacts.ticket_id is not null as has_messages,
        contacts.ticket_id is not null or (select coverage.is_complete from message_coverage as coverage)
            as is_silence_known,
        coalesce(statuses.was_stopped, false) as was_stopped,
        -- Waiting times need a status history, and are known only when the ticket is solved.
        statuses.is_solved and statuses.has_history and not scope.is_date_only as has_waits,
        greatest(0, date_part('epoch', statuses.first_change_at - scope.created_at)) as wait_before_first_change,
        coalesce(statuses.requester_wait_seconds, 0) as requester_wait,
        coalesce(statuses.agent_wait_seconds, 0) as agent_wait,
        coalesce(statuses.on_hold_seconds, 0) as on_hold,
        case when replies.ticket_id is null then scope.created_at else replies.clock_starts_at end as clock_starts_at,
        case when replies.ticket_id is null then scope.first_replied_at else replies.replied_at end as first_reply_at,
        replies.replier as first_replier,
        waiting.asked_at as waiting_since_at,
        coalesce(waiting_pause.counted_us, 0) as waiting_counted_us,
        coalesce(waiting_pause.stands_still, false) as is_waiting_still,
        coalesce(reply_pause.paused_us, 0) as reply_paused_us,
        coalesce(reply_pause.counted_us, 0) as reply_counted_us,
        coalesce(reply_pause.is_paused, false) as is_reply_paused,
        coalesce(reply_pause.stands_still, false) as is_reply_still,
        coalesce(pause.paused_us, 0) as resolution_paused_us,
        coalesce(pause.counted_us, 0) as resolution_counted_us,
        coalesce(pause.is_paused, false) as is_resolution_paused,
        coalesce(pause.stands_still, false) as is_resolution_still,
        coalesce(pause.net_us, 0) as left_out_us,
        coalesce(pause.net_open_us, 0) as left_out_open_us,
        reply_cumulative.open_us as reply_cumulative_us,
        cumulative.open_us as cumulative_us,
        cumulative.left_out_open_us as left_out_cumulative_us,
        handover.handed_over_at,
        coalesce(contacts.contact_count, 0) as contact_count,
        coalesce(contacts.agent_contact_count, 0) as agent_contact_count,
        coalesce(contacts.is_same_agent, false) as is_same_agent,
        case
            when not scope.is_merged
                then
                    coalesce(contacts.handle_seconds, scope.source_handle_seconds, 0) + coalesce(merged.seconds, 0)
                    + case
                        when coalesce(contacts.handle_seconds, scope.source_handle_seconds, merged.seconds) is not null
                            then 0
                    end
        end as handle_seconds,
        coalesce(proactive.proactive_update_count, 0) as proactive_update_count,
        escalation.ticket_id is not null as is_escalated,
        sums.first_credit,
        case when statuses.is_solved then sums.last_credit end as last_credit,
        coalesce(sums.replies_met, 0) as replies_met,
        coalesce(sums.replies_missed, 0) as replies_missed,
        coalesce(sums.replies_ended_unanswered, 0) as replies_ended_unanswered,
        sums.replies_ended_at
    from ticket_scope as scope
    left join ticket_statuses as statuses on scope.ticket_id = statuses.ticket_id
    left join first_replies as replies on scope.ticket_id = replies.ticket_id
    left join next_asks as waiting on scope.ticket_id = waiting.ticket_id and waiting.is_answered is null
    left join paused_clocks as waiting_pause
        on
            waiting.ticket_id = waiting_pause.ticket_id
            and waiting_pause.target = :target_next_reply
            and waiting.place = waiting_pause.place
    left join paused_clocks as reply_pause
        on scope.ticket_id = reply_pause.ticket_id and reply_pause.target = :target_first_reply
    left join paused_clocks as pause on scope.ticket_id = pause.ticket_id and pause.target = :target_resolution
    left join cumulative_clocks as reply_cumulative
        on scope.ticket_id = reply_cumulative.ticket_id and reply_cumulative.target = :target_first_reply
    left join cumulative_clocks as cumulative
        on scope.ticket_id = cumulative.ticket_id and cumulative.target = :target_resolution
    left join handovers as handover on scope.ticket_id = handover.ticket_id
    left join ticket_contacts as contacts on scope.ticket_id = contacts.ticket_id
    left join merged_minutes as merged on scope.ticket_id = merged.ticket_id
    left join event_sums as sums on scope.ticket_id = sums.ticket_id
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
            when priority_at_reply.ticket_id is null then told.priority else coalesce(priority_at_reply.value, '')
        end as priority_at_reply,
        case when priority_at_end.ticket_id is null then told.priority else coalesce(priority_at_end.value, '') end
            as priority_at_end,
        case when not told.is_date_only then marts.microseconds(told.created_at) end as created_us,
        case when not told.is_date_only then marts.microseconds(told.clock_starts_at) end as started_us,
        marts.microseconds(told.first_reply_at) as replied_us,
        marts.microseconds(told.first_solved_at) as first_solved_us,
        marts.microseconds(told.resolved_at) as resolved_us
    from (
        select
            *,
            -- The policy in force when a target ends decides: that of now while the target runs.
            coalesce(first_reply_at, resolved_at, now()) as reply_ends_at,
            coalesce(resolved_at, now()) as ends_at
        from told
        offset 0 -- noqa: AM09
    ) as told
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
    left join field_spans as priority_at_reply
        on
            told.ticket_id = priority_at_reply.ticket_id
            and priority_at_reply.field = 'priority'
            and told.reply_ends_at >= priority_at_reply.from_at
            and told.reply_ends_at < priority_at_reply.until_at
    left join field_spans as priority_at_end
        on
            told.ticket_id = priority_at_end.ticket_id
            and priority_at_end.field = 'priority'
            and told.ends_at >= priority_at_end.from_at
            and told.ends_at < priority_at_end.until_at
    offset 0 -- noqa: AM09
),

chosen as (
    select
        credited.*,
        coalesce(policy.sla_policy_id, :not_set_id) as sla_policy_id,
        policy.calendar_id as policy_calendar_id,
        coalesce(policy.calendar_id, team_calendar.calendar_id, credited.calendar_id) as ticket_calendar_id,
        coalesce(reply_policy.sla_policy_id, :not_set_id) as first_reply_sla_policy_id,
        reply_policy.calendar_id as reply_policy_calendar_id,
        coalesce(reply_policy.calendar_id, reply_team_calendar.calendar_id, credited.calendar_id)
            as reply_calendar_id,
        case
            when not credited.is_date_only and not credited.needs_no_answer
                then 1000000 * reply_policy.first_reply_seconds::bigint
        end as first_reply_target_us,
        case
            when not credited.is_date_only and not credited.needs_no_answer
                then 1000000 * policy.next_reply_seconds::bigint
        end as next_reply_target_us,
        case when not credited.is_date_only then 1000000 * policy.resolution_seconds::bigint end
            as resolution_target_us,
        -- What ends a little before it began comes from clocks that disagree, and took no time.
        case
            when credited.replied_us >= credited.started_us then credited.replied_us - credited.started_us
            when credited.replied_us >= credited.started_us - :largest_clock_error then 0
        end as reply_elapsed_us,
        case
            when credited.first_solved_us >= credited.created_us then credited.first_solved_us - credited.created_us
            when credited.first_solved_us >= credited.created_us - :largest_clock_error then 0
        end as first_solved_elapsed_us,
        case
            when credited.resolved_us >= credited.created_us then credited.resolved_us - credited.created_us
            when credited.resolved_us >= credited.created_us - :largest_clock_error then 0
        end as resolution_elapsed_us
    from credited
    left join marts.sla_policy_choices as policy
        on
            credited.priority_at_end = policy.priority
            and credited.customer_type = policy.customer_type
            and credited.channel = policy.channel
            and credited.ends_at >= policy.valid_from_at
            and credited.ends_at < policy.valid_until_at
    left join marts.sla_policy_choices as reply_policy
        on
            credited.priority_at_reply = reply_policy.priority
            and credited.customer_type = reply_policy.customer_type
            and credited.channel = reply_policy.channel
            and credited.reply_ends_at >= reply_policy.valid_from_at
            and credited.reply_ends_at < reply_policy.valid_until_at
    left join team_calendars as team_calendar
        on coalesce(credited.last_credit[3], credited.team_id) = team_calendar.team_id
    left join team_calendars as reply_team_calendar
        on credited.first_reply_team_id = reply_team_calendar.team_id
    offset 0 -- noqa: AM09
),

clocked as (
    select
        chosen.*,
        case
            when chosen.reply_elapsed_us >= 0
                then
                    greatest(
                        0,
                        marts.open_microseconds(replied.open_seconds_before, replied.open_minutes, chosen.replied_us)
                        - marts.open_microseconds(
                            started.open_seconds_before, started.open_minutes, chosen.started_us
                        )
                    )
        end as reply_open_us,
        case
            when chosen.resolution_elapsed_us >= 0
                then
                    greatest(
                        0,
                        marts.open_microseconds(ended.open_seconds_before, ended.open_minutes, chosen.resolved_us)
                        - marts.open_microseconds(begun.open_seconds_before, begun.open_minutes, chosen.created_us)
                    )
        end as resolution_open_us
    from chosen
    left join marts.business_days as started
        on chosen.reply_calendar_id = started.calendar_id and marts.utc_day(chosen.started_us) = started.utc_day
    left join marts.business_days as replied
        on chosen.reply_calendar_id = replied.calendar_id and marts.utc_day(chosen.replied_us) = replied.utc_day
    left join marts.business_days as begun
        on chosen.ticket_calendar_id = begun.calendar_id and marts.utc_day(chosen.created_us) = begun.utc_day
    left join marts.business_days as ended
        on chosen.ticket_calendar_id = ended.calendar_id and marts.utc_day(chosen.resolved_us) = ended.utc_day
    offset 0 -- noqa: AM09
),

-- Microseconds that the clock of each target ran.
worked as (
    select
        *,
        case when reply_policy_calendar_id is null then reply_elapsed_us else reply_open_us end - reply_paused_us
            as reply_worked_us,
        case when policy_calendar_id is null then resolution_elapsed_us else resolution_open_us end
        - resolution_paused_us as resolution_worked_us
    from clocked
    offset 0 -- noqa: AM09
),

-- A target reached at the very end is met only if the clock ran just before: else it fell due earlier.
judged as (
    select
        *,
        case
            when first_reply_target_us is null or clock_starts_at is null then null
            when first_reply_at is null and not is_solved and not is_solved_undated then :sla_running
            when first_reply_at is null
                then case when is_silence_known and resolved_at >= clock_starts_at then :sla_missed end
            when reply_worked_us < first_reply_target_us then :sla_met
            when reply_worked_us > first_reply_target_us then :sla_missed
            when reply_worked_us is null then null
            when is_reply_paused then :sla_missed
            when reply_policy_calendar_id is null or marts.is_open(reply_policy_calendar_id, replied_us - 1)
                then :sla_met
            else :sla_missed
        end::smallint as first_reply_sla,
        case
            when
                next_reply_target_us is not null
                and waiting_since_at is not null
                and not is_solved
                and not is_solved_undated
                then :sla_running
        end::smallint as next_reply_sla,
        case
            when resolution_target_us is null or is_solved_undated then null
            when not is_solved then :sla_running
            when resolution_worked_us < resolution_target_us then :sla_met
            when resolution_worked_us > resolution_target_us then :sla_missed
            when resolution_worked_us is null then null
            when is_resolution_paused then :sla_missed
            when policy_calendar_id is null or marts.is_open(policy_calendar_id, resolved_us - 1) then :sla_met
            else :sla_missed
        end::smallint as resolution_sla
    from worked
    offset 0 -- noqa: AM09
),

counted as (
    select
        *,
        replies_met
        + coalesce((first_reply_sla = :sla_met)::integer, 0)
        + coalesce((resolution_sla = :sla_met)::integer, 0) as met_count,
        replies_missed
        + coalesce((first_reply_sla = :sla_missed)::integer, 0)
        + coalesce((resolution_sla = :sla_missed)::integer, 0) as missed_count,
        coalesce((first_reply_sla = :sla_running)::integer, 0)
        + coalesce((next_reply_sla = :sla_running)::integer, 0)
        + coalesce((resolution_sla = :sla_running)::integer, 0) as running_count,
        greatest(
            replies_ended_at,
            case when first_reply_sla <> :sla_running then coalesce(first_reply_at, resolved_at) end,
            case when resolution_sla <> :sla_running then resolved_at end
        ) as targets_ended_at
    from judged
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
    is_merged,
    is_solved_undated,
    has_history,
    has_messages,
    -- Without messages or a reply, nobody knows whether there was one; the same goes for reopenings.
    case
        when reopen_count is not null and (has_messages or first_reply_at is not null)
            then
                coalesce(
                    is_solved
                    and (agent_contact_count >= 1 or first_reply_at is not null)
                    and not was_stopped
                    and reopen_count = 0
                    and solved_count = 1,
                    false
                )
    end as is_one_touch,
    is_same_agent,
    is_escalated,
    needs_no_answer,
    source_sla_met,
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
    (resolution_elapsed_us / 1000000)::integer as resolution_seconds,
    (coalesce(cumulative_us, resolution_open_us) / 1000000)::integer as resolution_business_seconds,
    case when cumulative_us is not null then (resolution_open_us / 1000000) end::integer
        as resolution_last_calendar_seconds,
    case when is_date_only then resolved_at::date - created_at::date end as resolution_days,
    case when has_waits then ((resolution_elapsed_us - left_out_us) / 1000000) end::integer as net_resolution_seconds,
    case
        when not has_waits then null
        when cumulative_us is null then ((resolution_open_us - left_out_open_us) / 1000000)
        else ((cumulative_us - left_out_cumulative_us) / 1000000)
    end::integer as net_resolution_business_seconds,
    resolution_sla,
    case when resolution_target_us is not null then resolution_paused_us end as resolution_paused_us,
    nullif(resolution_counted_us, resolution_paused_us) as resolution_pause_until_due_us,
    case
        when resolution_sla = :sla_running and not is_resolution_still
            then marts.due_after(policy_calendar_id, created_at, resolution_target_us + resolution_counted_us)
    end as resolution_due_at,
    clock_starts_at,
    first_reply_at,
    first_reply_at::date as first_reply_date,
    case
        when first_reply_at is null then null
        when is_date_only then :unknown_hour
        else extract(hour from first_reply_at)
    end::smallint as first_reply_hour,
    case when first_reply_at is not null then coalesce(first_reply_agent_id, :not_set_id) end as first_reply_agent_id,
    first_reply_team_id,
    first_reply_sla_policy_id,
    (reply_elapsed_us / 1000000)::integer as first_reply_seconds,
    (coalesce(reply_cumulative_us, reply_open_us) / 1000000)::integer as first_reply_business_seconds,
    case when reply_cumulative_us is not null then (reply_open_us / 1000000) end::integer
        as first_reply_last_calendar_seconds,
    case
        when first_reply_at >= handed_over_at and not is_date_only
            then ((replied_us - marts.microseconds(handed_over_at)) / 1000000)
    end::integer as first_reply_after_handover_seconds,
    case
        when is_date_only and first_reply_at is not null then greatest(0, first_reply_at::date - created_at::date)
    end as first_reply_days,
    first_reply_sla,
    case when first_reply_target_us is not null then reply_paused_us end as first_reply_paused_us,
    nullif(reply_counted_us, reply_paused_us) as first_reply_pause_until_due_us,
    case
        when first_reply_sla = :sla_running and not is_reply_still
            then
                marts.due_after(reply_policy_calendar_id, clock_starts_at, first_reply_target_us + reply_counted_us)
    end as first_reply_due_at,
    first_solved_at::date as first_resolution_date,
    case
        when first_solved_at is null then null
        when is_date_only then :unknown_hour
        else extract(hour from first_solved_at)
    end::smallint as first_resolution_hour,
    first_credit[2] as first_resolution_agent_id,
    first_credit[3] as first_resolution_team_id,
    (first_solved_elapsed_us / 1000000)::integer as first_resolution_seconds,
    case when is_date_only then first_solved_at::date - created_at::date end as first_resolution_days,
    case when has_waits then floor(requester_wait + wait_before_first_change) end::integer as requester_wait_seconds,
    case when has_waits then floor(agent_wait) end::integer as agent_wait_seconds,
    case when has_waits then floor(on_hold) end::integer as on_hold_seconds,
    handle_seconds::integer as handle_seconds,
    survey_offered_at::date as survey_offered_date,
    rating::smallint as rating,
    rated_at::date as rated_date,
    case when rated_at is not null then coalesce(last_credit[2], agent_id) end as rated_agent_id,
    waiting_since_at,
    next_reply_sla,
    case
        when next_reply_sla = :sla_running and not is_waiting_still
            then marts.due_after(policy_calendar_id, waiting_since_at, next_reply_target_us + waiting_counted_us)
    end as next_reply_due_at,
    met_count::smallint as sla_met_count,
    missed_count::smallint as sla_missed_count,
    running_count::smallint as sla_running_count,
    replies_ended_unanswered::smallint as sla_ended_unanswered_count,
    case when met_count + missed_count > 0 then targets_ended_at::date end as sla_ended_date,
    case when met_count + missed_count > 0 then extract(hour from targets_ended_at) end::smallint as sla_ended_hour,
    customer_hash
from counted
