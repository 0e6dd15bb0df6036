-- Slugs and numbers stand where sentences stood; the portal makes the sentences.

alter table marts.insights
add column claim varchar(40),
add column facts jsonb;
comment on table marts.insights is 'What the data says, ranked, each claim held by its interval.';
comment on column marts.insights.claim is 'What is said, as a slug; the portal makes sentences.';
comment on column marts.insights.subject is 'The same from day to day.';
comment on column marts.insights.facts is 'Numbers and slugs that the sentences need besides these columns.';

alter table marts.insight_gaps
add column missing varchar(40),
add column facts jsonb;
comment on column marts.insight_gaps.missing is 'What is missing, as a slug.';
comment on column marts.insight_gaps.facts is 'The numbers of it.';

alter table marts.driver_effects
add column same_agent_mean float,
add column several_agents_mean float;
comment on column marts.driver_effects.same_agent_mean is
'Mean rating where one agent wrote every reply; null elsewhere.';
comment on column marts.driver_effects.several_agents_mean is
'Mean rating where several agents did; null elsewhere.';

comment on column marts.driver_reports.notices is 'What is missing: {notice: slug} with its numbers, each.';
comment on column marts.churn_reports.notices is 'What is missing: {notice: slug} with its numbers, each.';
update marts.agent_metrics
set clock = 'business'
where clock like 'business%';
comment on column marts.agent_metrics.clock is 'calendar or business; empty for shares.';

comment on column raw.quarantined_records.reasons is '[{code, column}], never empty.';
comment on column marts.churn_scores.reasons is 'Slugs of analytics.churn.features, the strongest first.';

update raw.quarantined_records
set reasons = (
    select jsonb_agg(told.value - 'message' order by told.ordinality)
    from jsonb_array_elements(quarantined_records.reasons) with ordinality as told
);

create or replace function support.request_rebuild() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    insert into ops.rebuild_requests (reason) values (tg_table_name);
    perform pg_notify('support_ticket_changes', '');
    return null;
end
$$;
update ops.rebuild_requests
set reason = split_part(reason, ' ', 1);
