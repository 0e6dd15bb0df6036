-- A row may have moved to the ticket into which its own was merged; there it stays, unless the file names another.
update support.ticket_ratings as present
set
    ticket_id = case
        when changed.of_ticket_id = changed.ticket_id then present.ticket_id
        else changed.of_ticket_id
    end,
    prompt = changed.prompt,
    offered_at = changed.offered_at,
    rated_at = changed.rated_at,
    score = changed.score,
    source_score = changed.source_score,
    scale = changed.scale,
    comment = changed.comment
from changed
where present.id = changed.row_id
