-- What customers asked after the first reply: each run of unanswered messages, and how it ended. A solution ends a run,
-- unless a reply follows before the customer writes again. `is_answered` is null while the customer still waits.
with runs as (
    select
        turns.ticket_id,
        turns.turn,
        turns.sent_at as asked_at,
        turns.answered_at,
        turns.answered_by,
        coalesce(
            statuses.last_solved_at >= turns.sent_at
            and statuses.first_solved_at < coalesce(turns.answered_at, 'infinity'::timestamptz),
            false
        ) as may_be_cut
    from ticket_turns as turns
    inner join first_replies as replies on turns.ticket_id = replies.ticket_id
    left join ticket_statuses as statuses on turns.ticket_id = statuses.ticket_id
    where turns.is_customer and turns.turn > replies.reply_turn
),

turned_messages as (
    select
        ticket_id,
        id,
        sent_at,
        count(*) filter (where is_turn) over (partition by ticket_id order by sent_at, id) as turn
    from ticket_messages
    where ticket_id in (
        select runs.ticket_id from runs
        where runs.may_be_cut
    )
),

-- The messages of the runs in whose course a ticket may have been solved, each with the next solution.
cut_messages as (
    select
        runs.ticket_id,
        runs.turn,
        runs.answered_at,
        runs.answered_by,
        messages.sent_at,
        min(solutions.changed_at) as solved_at
    from runs
    inner join turned_messages as messages on runs.ticket_id = messages.ticket_id and runs.turn = messages.turn
    left join status_transitions as solutions
        on
            messages.ticket_id = solutions.ticket_id
            and solutions.kind = :event_solved
            and messages.sent_at <= solutions.changed_at
            and solutions.changed_at < coalesce(runs.answered_at, 'infinity'::timestamptz)
    where runs.may_be_cut
    group by runs.ticket_id, runs.turn, runs.answered_at, runs.answered_by, messages.id, messages.sent_at
),

pieces as (
    select
        ticket_id,
        min(sent_at) as asked_at,
        answered_at,
        answered_by,
        solved_at,
        lead(min(sent_at)) over (partition by ticket_id, turn order by min(sent_at)) is null as is_last
    from cut_messages
    group by ticket_id, turn, answered_at, answered_by, solved_at
),

asks as (
    select
        ticket_id, asked_at, answered_at as ended_at, answered_by, case when answered_at is not null then true end
            as is_answered
    from runs
    where not may_be_cut
    union all
    select
        ticket_id,
        asked_at,
        case when is_last and answered_at is not null then answered_at else solved_at end,
        case when is_last then answered_by end,
        case when is_last and answered_at is not null then true when solved_at is not null then false end
    from pieces
)

select
    *,
    row_number() over (partition by ticket_id order by asked_at) as place
from asks
