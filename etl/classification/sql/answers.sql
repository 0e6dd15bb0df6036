-- The service's answers for one batch; dropped at the end of the transaction.
create temporary table answers (
    ticket_id bigint not null,
    model_version text not null,
    rules_version text not null,
    content_hash uuid not null,
    category text not null,
    confidence float not null,
    decider text not null,
    is_abstention boolean not null,
    priority text not null,
    urgency text not null,
    sentiment text not null,
    sentiment_score float not null,
    language text not null,
    second_language text,
    reasons jsonb not null
) on commit drop
