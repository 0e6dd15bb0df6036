-- Stores the answers of those tickets that still exist.
insert into support.ticket_predictions (
    ticket_id, model_version, rules_version, content_hash, category, confidence, decider, is_abstention, priority,
    urgency, sentiment, sentiment_score, language, second_language, reasons, predicted_at
)
select
    answer.ticket_id,
    answer.model_version,
    answer.rules_version,
    answer.content_hash,
    answer.category,
    answer.confidence,
    answer.decider,
    answer.is_abstention,
    answer.priority,
    answer.urgency,
    answer.sentiment,
    answer.sentiment_score,
    answer.language,
    answer.second_language,
    answer.reasons,
    clock_timestamp()
from answers as answer
inner join support.support_tickets as ticket on answer.ticket_id = ticket.id
order by answer.ticket_id
for key share of ticket
on conflict (ticket_id, model_version, rules_version, content_hash)
do update set predicted_at = excluded.predicted_at
