-- After what the sentences told has been carried over.

alter table marts.insights
alter column claim set not null,
alter column facts set not null,
drop column title,
drop column detail,
drop column action;

alter table marts.insight_gaps
alter column missing set not null,
alter column facts set not null,
drop column why,
drop column what_to_do;

alter table marts.driver_effects drop column sentence;
alter table marts.driver_reports drop column response;

alter table ops.job_runs alter column error type varchar(100);
comment on column ops.job_runs.error is 'Slug of what went wrong; the sentence is in the log.';
