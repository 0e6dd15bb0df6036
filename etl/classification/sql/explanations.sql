create temporary table explanations (
    ticket_id bigint not null,
    model_version text not null,
    rules_version text not null,
    terms jsonb not null
) on commit drop
