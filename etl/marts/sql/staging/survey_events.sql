-- The ratings that count and the surveys that were offered, each with the solution before it, which is credited.
-- Of the answers to one prompt, and of answers less than a day apart without a reopening between, the latest counts.
with moments as (
    select
        ticket_id,
        id,
        prompt,
        score,
        rated_at as happened_at,
        true as is_answer
    from survey_rows
    where score is not null
    union all
    select
        ticket_id,
        min(id),
        prompt,
        max(score),
        min(offered_at),
        false
    from survey_rows
    where offered_at is not null
    group by ticket_id, prompt
),

placed as (
    select
        moment.ticket_id,
        moment.id,
        moment.prompt,
        moment.score,
        moment.happened_at,
        moment.is_answer,
        max(transition.place) filter (where transition.kind = :event_solved) as solution_place,
        count(*) filter (where transition.kind in (:event_reopened, :event_reopened_automatically)) as reopenings
    from moments as moment
    left join status_transitions as transition
        on moment.ticket_id = transition.ticket_id and moment.happened_at >= transition.changed_at
    group by
        moment.ticket_id, moment.id, moment.prompt, moment.score, moment.happened_at, moment.is_answer
),

followed as (
    select
        *,
        lead(happened_at) over answers as next_at,
        lead(reopenings) over answers as next_reopenings,
        lead(id) over (
            partition by ticket_id, is_answer, coalesce(prompt, id::text)
            order by happened_at, id
        ) as next_of_prompt
    from placed
    window answers as (partition by ticket_id, is_answer order by happened_at, id)
)

select
    followed.ticket_id,
    followed.happened_at,
    followed.is_answer,
    followed.score,
    solution.person,
    coalesce(solution.changed_at, 'infinity'::timestamptz) as credited_at,
    row_number() over (
        partition by followed.ticket_id, followed.is_answer
        order by followed.happened_at, followed.id
    ) as place
from followed
left join status_transitions as solution
    on
        followed.ticket_id = solution.ticket_id
        and solution.kind = :event_solved
        and followed.solution_place = solution.place
where
    not followed.is_answer
    or (
        followed.next_of_prompt is null
        and (
            followed.next_at is null
            or followed.next_at - followed.happened_at >= interval '1 day'
            or followed.next_reopenings > followed.reopenings
        )
    )
