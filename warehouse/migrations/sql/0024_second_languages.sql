-- A text that mixes two languages has the second beside the first.
alter table support.ticket_predictions add column second_language varchar(8);
comment on column support.ticket_predictions.second_language is
'The other language of a text that mixes two; null: there is none, or it was not kept yet.';

create or replace view marts.ticket_predictions as
select
    id,
    ticket_id,
    model_version,
    category,
    confidence,
    priority,
    urgency,
    sentiment,
    language,
    reasons,
    predicted_at,
    rules_version,
    decider,
    is_abstention,
    sentiment_score,
    second_language
from support.ticket_predictions;
