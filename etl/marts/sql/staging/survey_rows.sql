-- What customers were asked and what they answered. A ticket without rows of its own has its columns as the only one.
-- An answer without a date counts when it was asked for, else when its ticket was solved, closed or last changed.
-- Answers to one prompt belong together; without a name a prompt is known by when it was offered.
select
    rating.ticket_id,
    rating.id,
    coalesce(rating.prompt, rating.offered_at::text) as prompt,
    rating.offered_at,
    rating.score,
    case
        when rating.score is not null
            then
                coalesce(
                    rating.rated_at,
                    case when not rating.is_from_ticket then rating.offered_at end,
                    ticket.resolved_at,
                    greatest(coalesce(ticket.closed_at, ticket.source_changed_at), ticket.created_at)
                )
    end as rated_at
from support.ticket_ratings as rating
inner join support.support_tickets as ticket on rating.ticket_id = ticket.id
where /* scope: rating.ticket_id */ true
union all
select
    ticket.id,
    0,
    ticket.survey_offered_at::text,
    ticket.survey_offered_at,
    ticket.customer_satisfaction_score,
    case
        when ticket.customer_satisfaction_score is not null
            then
                coalesce(
                    ticket.rated_at,
                    ticket.resolved_at,
                    greatest(coalesce(ticket.closed_at, ticket.source_changed_at), ticket.created_at)
                )
    end
from support.support_tickets as ticket
where
    /* scope: ticket.id */ true
    and (ticket.customer_satisfaction_score is not null or ticket.survey_offered_at is not null)
    and not exists (
        select from support.ticket_ratings as rating
        where rating.ticket_id = ticket.id
    )
