insert into support.ticket_ratings (
    id, ticket_id, prompt, offered_at, rated_at, score, source_score, scale, comment
)
overriding system value
select
    numbered.row_id,
    staged.of_ticket_id,
    staged.prompt,
    staged.offered_at,
    staged.rated_at,
    staged.score,
    staged.source_score,
    staged.scale,
    staged.comment
from numbered
inner join staged on numbered.line_number = staged.line_number
