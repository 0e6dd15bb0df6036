-- Every table, as declared in warehouse/tables when this migration was made.

create schema if not exists raw;
create schema if not exists support;
create schema if not exists marts;
create schema if not exists ops;

create table marts.agg_counts_agent_category_priority_month (
    start_date date not null,
    agent_id integer not null,
    category_id integer not null,
    priority_id integer not null,
    created integer not null,
    created_excluded integer not null,
    sla_first_reply_met integer not null,
    sla_first_reply_missed integer not null,
    first_reply_excluded integer not null,
    first_resolution_excluded integer not null,
    resolved integer not null,
    resolved_after_reopen integer not null,
    one_touch integer not null,
    contacts_sum integer not null,
    proactive_updates_sum integer not null,
    same_agent integer not null,
    several_agent_contacts integer not null,
    escalated integer not null,
    sla_resolution_met integer not null,
    sla_resolution_missed integer not null,
    resolution_excluded integer not null,
    ratings integer not null,
    ratings_good integer not null,
    rating_sum integer not null,
    ratings_1 integer not null,
    ratings_2 integer not null,
    ratings_3 integer not null,
    ratings_4 integer not null,
    ratings_5 integer not null,
    rating_excluded integer not null,
    surveys_offered integer not null,
    surveys_answered integer not null,
    survey_excluded integer not null,
    resolution_events integer not null,
    solved_excluded integer not null,
    reopens integer not null,
    reopened_excluded integer not null,
    sla_next_reply_met integer not null,
    sla_next_reply_missed integer not null,
    next_reply_excluded integer not null,
    closed integer not null,
    closing_excluded integer not null,
    opened_again integer not null,
    reopening_excluded integer not null,
    constraint pk_agg_counts_agent_category_priority_month primary key (start_date, agent_id, category_id, priority_id)
);

create table marts.agg_counts_agent_team_day (
    start_date date not null,
    agent_id integer not null,
    team_id integer not null,
    created integer not null,
    created_excluded integer not null,
    sla_first_reply_met integer not null,
    sla_first_reply_missed integer not null,
    first_reply_excluded integer not null,
    first_resolution_excluded integer not null,
    resolved integer not null,
    resolved_after_reopen integer not null,
    one_touch integer not null,
    contacts_sum integer not null,
    proactive_updates_sum integer not null,
    same_agent integer not null,
    several_agent_contacts integer not null,
    escalated integer not null,
    sla_resolution_met integer not null,
    sla_resolution_missed integer not null,
    resolution_excluded integer not null,
    ratings integer not null,
    ratings_good integer not null,
    rating_sum integer not null,
    ratings_1 integer not null,
    ratings_2 integer not null,
    ratings_3 integer not null,
    ratings_4 integer not null,
    ratings_5 integer not null,
    rating_excluded integer not null,
    surveys_offered integer not null,
    surveys_answered integer not null,
    survey_excluded integer not null,
    resolution_events integer not null,
    solved_excluded integer not null,
    reopens integer not null,
    reopened_excluded integer not null,
    sla_next_reply_met integer not null,
    sla_next_reply_missed integer not null,
    next_reply_excluded integer not null,
    closed integer not null,
    closing_excluded integer not null,
    opened_again integer not null,
    reopening_excluded integer not null,
    constraint pk_agg_counts_agent_team_day primary key (start_date, agent_id, team_id)
);

create table marts.agg_counts_agent_team_month (
    start_date date not null,
    agent_id integer not null,
    team_id integer not null,
    created integer not null,
    created_excluded integer not null,
    sla_first_reply_met integer not null,
    sla_first_reply_missed integer not null,
    first_reply_excluded integer not null,
    first_resolution_excluded integer not null,
    resolved integer not null,
    resolved_after_reopen integer not null,
    one_touch integer not null,
    contacts_sum integer not null,
    proactive_updates_sum integer not null,
    same_agent integer not null,
    several_agent_contacts integer not null,
    escalated integer not null,
    sla_resolution_met integer not null,
    sla_resolution_missed integer not null,
    resolution_excluded integer not null,
    ratings integer not null,
    ratings_good integer not null,
    rating_sum integer not null,
    ratings_1 integer not null,
    ratings_2 integer not null,
    ratings_3 integer not null,
    ratings_4 integer not null,
    ratings_5 integer not null,
    rating_excluded integer not null,
    surveys_offered integer not null,
    surveys_answered integer not null,
    survey_excluded integer not null,
    resolution_events integer not null,
    solved_excluded integer not null,
    reopens integer not null,
    reopened_excluded integer not null,
    sla_next_reply_met integer not null,
    sla_next_reply_missed integer not null,
    next_reply_excluded integer not null,
    closed integer not null,
    closing_excluded integer not null,
    opened_again integer not null,
    reopening_excluded integer not null,
    constraint pk_agg_counts_agent_team_month primary key (start_date, agent_id, team_id)
);

create table marts.agg_counts_category_priority_day (
    start_date date not null,
    category_id integer not null,
    priority_id integer not null,
    created integer not null,
    created_excluded integer not null,
    sla_first_reply_met integer not null,
    sla_first_reply_missed integer not null,
    first_reply_excluded integer not null,
    first_resolution_excluded integer not null,
    resolved integer not null,
    resolved_after_reopen integer not null,
    one_touch integer not null,
    contacts_sum integer not null,
    proactive_updates_sum integer not null,
    same_agent integer not null,
    several_agent_contacts integer not null,
    escalated integer not null,
    sla_resolution_met integer not null,
    sla_resolution_missed integer not null,
    resolution_excluded integer not null,
    ratings integer not null,
    ratings_good integer not null,
    rating_sum integer not null,
    ratings_1 integer not null,
    ratings_2 integer not null,
    ratings_3 integer not null,
    ratings_4 integer not null,
    ratings_5 integer not null,
    rating_excluded integer not null,
    surveys_offered integer not null,
    surveys_answered integer not null,
    survey_excluded integer not null,
    resolution_events integer not null,
    solved_excluded integer not null,
    reopens integer not null,
    reopened_excluded integer not null,
    sla_next_reply_met integer not null,
    sla_next_reply_missed integer not null,
    next_reply_excluded integer not null,
    closed integer not null,
    closing_excluded integer not null,
    opened_again integer not null,
    reopening_excluded integer not null,
    constraint pk_agg_counts_category_priority_day primary key (start_date, category_id, priority_id)
);

create table marts.agg_counts_channel_customer_type_day (
    start_date date not null,
    channel_id integer not null,
    customer_type_id integer not null,
    created integer not null,
    created_excluded integer not null,
    sla_first_reply_met integer not null,
    sla_first_reply_missed integer not null,
    first_reply_excluded integer not null,
    first_resolution_excluded integer not null,
    resolved integer not null,
    resolved_after_reopen integer not null,
    one_touch integer not null,
    contacts_sum integer not null,
    proactive_updates_sum integer not null,
    same_agent integer not null,
    several_agent_contacts integer not null,
    escalated integer not null,
    sla_resolution_met integer not null,
    sla_resolution_missed integer not null,
    resolution_excluded integer not null,
    ratings integer not null,
    ratings_good integer not null,
    rating_sum integer not null,
    ratings_1 integer not null,
    ratings_2 integer not null,
    ratings_3 integer not null,
    ratings_4 integer not null,
    ratings_5 integer not null,
    rating_excluded integer not null,
    surveys_offered integer not null,
    surveys_answered integer not null,
    survey_excluded integer not null,
    resolution_events integer not null,
    solved_excluded integer not null,
    reopens integer not null,
    reopened_excluded integer not null,
    sla_next_reply_met integer not null,
    sla_next_reply_missed integer not null,
    next_reply_excluded integer not null,
    closed integer not null,
    closing_excluded integer not null,
    opened_again integer not null,
    reopening_excluded integer not null,
    constraint pk_agg_counts_channel_customer_type_day primary key (start_date, channel_id, customer_type_id)
);

create table marts.agg_counts_hour_day (
    start_date date not null,
    hour smallint not null,
    created integer not null,
    created_excluded integer not null,
    sla_first_reply_met integer not null,
    sla_first_reply_missed integer not null,
    first_reply_excluded integer not null,
    first_resolution_excluded integer not null,
    resolved integer not null,
    resolved_after_reopen integer not null,
    one_touch integer not null,
    contacts_sum integer not null,
    proactive_updates_sum integer not null,
    same_agent integer not null,
    several_agent_contacts integer not null,
    escalated integer not null,
    sla_resolution_met integer not null,
    sla_resolution_missed integer not null,
    resolution_excluded integer not null,
    ratings integer not null,
    ratings_good integer not null,
    rating_sum integer not null,
    ratings_1 integer not null,
    ratings_2 integer not null,
    ratings_3 integer not null,
    ratings_4 integer not null,
    ratings_5 integer not null,
    rating_excluded integer not null,
    surveys_offered integer not null,
    surveys_answered integer not null,
    survey_excluded integer not null,
    resolution_events integer not null,
    solved_excluded integer not null,
    reopens integer not null,
    reopened_excluded integer not null,
    sla_next_reply_met integer not null,
    sla_next_reply_missed integer not null,
    next_reply_excluded integer not null,
    closed integer not null,
    closing_excluded integer not null,
    opened_again integer not null,
    reopening_excluded integer not null,
    constraint pk_agg_counts_hour_day primary key (start_date, hour)
);

create table marts.agg_counts_sla_policy_day (
    start_date date not null,
    sla_policy_id integer not null,
    created integer not null,
    created_excluded integer not null,
    sla_first_reply_met integer not null,
    sla_first_reply_missed integer not null,
    first_reply_excluded integer not null,
    first_resolution_excluded integer not null,
    resolved integer not null,
    resolved_after_reopen integer not null,
    one_touch integer not null,
    contacts_sum integer not null,
    proactive_updates_sum integer not null,
    same_agent integer not null,
    several_agent_contacts integer not null,
    escalated integer not null,
    sla_resolution_met integer not null,
    sla_resolution_missed integer not null,
    resolution_excluded integer not null,
    ratings integer not null,
    ratings_good integer not null,
    rating_sum integer not null,
    ratings_1 integer not null,
    ratings_2 integer not null,
    ratings_3 integer not null,
    ratings_4 integer not null,
    ratings_5 integer not null,
    rating_excluded integer not null,
    surveys_offered integer not null,
    surveys_answered integer not null,
    survey_excluded integer not null,
    resolution_events integer not null,
    solved_excluded integer not null,
    reopens integer not null,
    reopened_excluded integer not null,
    sla_next_reply_met integer not null,
    sla_next_reply_missed integer not null,
    next_reply_excluded integer not null,
    closed integer not null,
    closing_excluded integer not null,
    opened_again integer not null,
    reopening_excluded integer not null,
    constraint pk_agg_counts_sla_policy_day primary key (start_date, sla_policy_id)
);

create table marts.agg_counts_ticket_day (
    start_date date not null,
    category_id integer not null,
    priority_id integer not null,
    channel_id integer not null,
    customer_type_id integer not null,
    created integer not null,
    created_excluded integer not null,
    sla_first_reply_met integer not null,
    sla_first_reply_missed integer not null,
    first_reply_excluded integer not null,
    first_resolution_excluded integer not null,
    resolved integer not null,
    resolved_after_reopen integer not null,
    one_touch integer not null,
    contacts_sum integer not null,
    proactive_updates_sum integer not null,
    same_agent integer not null,
    several_agent_contacts integer not null,
    escalated integer not null,
    sla_resolution_met integer not null,
    sla_resolution_missed integer not null,
    resolution_excluded integer not null,
    ratings integer not null,
    ratings_good integer not null,
    rating_sum integer not null,
    ratings_1 integer not null,
    ratings_2 integer not null,
    ratings_3 integer not null,
    ratings_4 integer not null,
    ratings_5 integer not null,
    rating_excluded integer not null,
    surveys_offered integer not null,
    surveys_answered integer not null,
    survey_excluded integer not null,
    resolution_events integer not null,
    solved_excluded integer not null,
    reopens integer not null,
    reopened_excluded integer not null,
    sla_next_reply_met integer not null,
    sla_next_reply_missed integer not null,
    next_reply_excluded integer not null,
    closed integer not null,
    closing_excluded integer not null,
    opened_again integer not null,
    reopening_excluded integer not null,
    constraint pk_agg_counts_ticket_day primary key (start_date, category_id, priority_id, channel_id, customer_type_id)
);

create table marts.agg_counts_ticket_month (
    start_date date not null,
    category_id integer not null,
    priority_id integer not null,
    channel_id integer not null,
    customer_type_id integer not null,
    created integer not null,
    created_excluded integer not null,
    sla_first_reply_met integer not null,
    sla_first_reply_missed integer not null,
    first_reply_excluded integer not null,
    first_resolution_excluded integer not null,
    resolved integer not null,
    resolved_after_reopen integer not null,
    one_touch integer not null,
    contacts_sum integer not null,
    proactive_updates_sum integer not null,
    same_agent integer not null,
    several_agent_contacts integer not null,
    escalated integer not null,
    sla_resolution_met integer not null,
    sla_resolution_missed integer not null,
    resolution_excluded integer not null,
    ratings integer not null,
    ratings_good integer not null,
    rating_sum integer not null,
    ratings_1 integer not null,
    ratings_2 integer not null,
    ratings_3 integer not null,
    ratings_4 integer not null,
    ratings_5 integer not null,
    rating_excluded integer not null,
    surveys_offered integer not null,
    surveys_answered integer not null,
    survey_excluded integer not null,
    resolution_events integer not null,
    solved_excluded integer not null,
    reopens integer not null,
    reopened_excluded integer not null,
    sla_next_reply_met integer not null,
    sla_next_reply_missed integer not null,
    next_reply_excluded integer not null,
    closed integer not null,
    closing_excluded integer not null,
    opened_again integer not null,
    reopening_excluded integer not null,
    constraint pk_agg_counts_ticket_month primary key (start_date, category_id, priority_id, channel_id, customer_type_id)
);

create table marts.agg_counts_total_day (
    start_date date not null,
    created integer not null,
    created_excluded integer not null,
    sla_first_reply_met integer not null,
    sla_first_reply_missed integer not null,
    first_reply_excluded integer not null,
    first_resolution_excluded integer not null,
    resolved integer not null,
    resolved_after_reopen integer not null,
    one_touch integer not null,
    contacts_sum integer not null,
    proactive_updates_sum integer not null,
    same_agent integer not null,
    several_agent_contacts integer not null,
    escalated integer not null,
    sla_resolution_met integer not null,
    sla_resolution_missed integer not null,
    resolution_excluded integer not null,
    ratings integer not null,
    ratings_good integer not null,
    rating_sum integer not null,
    ratings_1 integer not null,
    ratings_2 integer not null,
    ratings_3 integer not null,
    ratings_4 integer not null,
    ratings_5 integer not null,
    rating_excluded integer not null,
    surveys_offered integer not null,
    surveys_answered integer not null,
    survey_excluded integer not null,
    resolution_events integer not null,
    solved_excluded integer not null,
    reopens integer not null,
    reopened_excluded integer not null,
    sla_next_reply_met integer not null,
    sla_next_reply_missed integer not null,
    next_reply_excluded integer not null,
    closed integer not null,
    closing_excluded integer not null,
    opened_again integer not null,
    reopening_excluded integer not null,
    constraint pk_agg_counts_total_day primary key (start_date)
);

create table marts.agg_durations_agent_team_month (
    duration_id smallint not null,
    start_date date not null,
    agent_id integer not null,
    team_id integer not null,
    bucket integer not null,
    n integer not null,
    total bigint not null,
    constraint pk_agg_durations_agent_team_month primary key (duration_id, start_date, agent_id, team_id, bucket)
);

create table marts.agg_durations_category_priority_month (
    duration_id smallint not null,
    start_date date not null,
    category_id integer not null,
    priority_id integer not null,
    bucket integer not null,
    n integer not null,
    total bigint not null,
    constraint pk_agg_durations_category_priority_month primary key (duration_id, start_date, category_id, priority_id, bucket)
);

create table marts.agg_durations_channel_customer_type_month (
    duration_id smallint not null,
    start_date date not null,
    channel_id integer not null,
    customer_type_id integer not null,
    bucket integer not null,
    n integer not null,
    total bigint not null,
    constraint pk_agg_durations_channel_customer_type_month primary key (duration_id, start_date, channel_id, customer_type_id, bucket)
);

create table marts.agg_durations_sla_policy_month (
    duration_id smallint not null,
    start_date date not null,
    sla_policy_id integer not null,
    bucket integer not null,
    n integer not null,
    total bigint not null,
    constraint pk_agg_durations_sla_policy_month primary key (duration_id, start_date, sla_policy_id, bucket)
);

create table marts.agg_durations_total_day (
    duration_id smallint not null,
    start_date date not null,
    bucket integer not null,
    n integer not null,
    total bigint not null,
    constraint pk_agg_durations_total_day primary key (duration_id, start_date, bucket)
);

create table marts.agg_durations_total_month (
    duration_id smallint not null,
    start_date date not null,
    bucket integer not null,
    n integer not null,
    total bigint not null,
    constraint pk_agg_durations_total_month primary key (duration_id, start_date, bucket)
);

create table marts.agg_durations_total_week (
    duration_id smallint not null,
    start_date date not null,
    bucket integer not null,
    n integer not null,
    total bigint not null,
    constraint pk_agg_durations_total_week primary key (duration_id, start_date, bucket)
);

create table marts.business_days (
    calendar_id bigint not null,
    utc_day integer not null,
    open_seconds_before bigint not null,
    open_minutes bit(1440) not null,
    constraint pk_business_days primary key (calendar_id, utc_day)
);
create index ix_business_days_open_seconds_before on marts.business_days (calendar_id, open_seconds_before);
comment on table marts.business_days is 'Business calendars worked out day by day, so that business time is two look-ups and a difference.';
comment on column marts.business_days.utc_day is 'Days since 1970-01-01.';
comment on column marts.business_days.open_seconds_before is 'Since the first day of the table.';
comment on column marts.business_days.open_minutes is 'One bit per minute of the UTC day; 1 is open.';

create table marts.dimension_values (
    dimension varchar(20) not null,
    id integer not null,
    value varchar(255),
    constraint pk_dimension_values primary key (dimension, id),
    constraint uq_dimension_values_dimension_value unique nulls not distinct (dimension, value)
);
comment on column marts.dimension_values.value is 'Null, always id 0: not set.';

create table marts.fct_ticket_events (
    ticket_id bigint not null,
    kind smallint not null,
    place integer not null,
    happened_date date not null,
    happened_hour smallint not null,
    category_id integer not null,
    priority_id integer not null,
    channel_id integer not null,
    customer_type_id integer not null,
    agent_id integer not null,
    team_id integer not null,
    sla_policy_id integer not null,
    assignee_id integer not null,
    ticket_team_id integer not null,
    is_date_only boolean not null,
    is_excluded boolean not null,
    happened_at timestamp with time zone not null,
    seconds integer,
    business_seconds integer,
    sla smallint,
    constraint pk_fct_ticket_events primary key (ticket_id, kind, place)
);
create index ix_fct_ticket_events_kind_happened_date on marts.fct_ticket_events (kind, happened_date);
comment on table marts.fct_ticket_events is 'What may happen to a ticket more than once; agent and team are those credited with it.';
comment on column marts.fct_ticket_events.kind is '1 solved, 2, 3 reopened (automatically), 4 next reply.';
comment on column marts.fct_ticket_events.place is '1, 2 ... among the ticket''s events of the kind.';

create table marts.fct_tickets (
    ticket_id BIGSERIAL not null,
    created_date date not null,
    created_hour smallint not null,
    category_id integer not null,
    priority_id integer not null,
    channel_id integer not null,
    customer_type_id integer not null,
    agent_id integer not null,
    team_id integer not null,
    sla_policy_id integer not null,
    is_date_only boolean not null,
    is_excluded boolean not null,
    is_one_touch boolean not null,
    is_same_agent boolean not null,
    is_escalated boolean not null,
    contact_count integer not null,
    agent_contact_count integer not null,
    proactive_update_count integer not null,
    reopen_count integer not null,
    created_at timestamp with time zone not null,
    resolved_at timestamp with time zone,
    resolved_date date,
    resolved_hour smallint,
    resolved_agent_id integer,
    resolved_team_id integer,
    resolution_seconds integer,
    resolution_business_seconds integer,
    resolution_days integer,
    resolution_sla smallint,
    resolution_due_at timestamp with time zone,
    first_reply_at timestamp with time zone,
    first_reply_date date,
    first_reply_hour smallint,
    first_reply_agent_id integer,
    first_reply_team_id integer,
    first_reply_seconds integer,
    first_reply_business_seconds integer,
    first_reply_days integer,
    first_reply_sla smallint,
    first_reply_due_at timestamp with time zone,
    first_resolution_date date,
    first_resolution_hour smallint,
    first_resolution_agent_id integer,
    first_resolution_team_id integer,
    first_resolution_seconds integer,
    first_resolution_days integer,
    requester_wait_seconds integer,
    agent_wait_seconds integer,
    on_hold_seconds integer,
    handle_seconds integer,
    survey_offered_date date,
    survey_offered_hour smallint,
    rating smallint,
    rated_date date,
    rated_hour smallint,
    rated_agent_id integer,
    rated_team_id integer,
    waiting_since_at timestamp with time zone,
    next_reply_due_at timestamp with time zone,
    customer_hash bigint,
    constraint pk_fct_tickets primary key (ticket_id)
);
create index ix_fct_tickets_created_at on marts.fct_tickets (created_at, ticket_id);
create index ix_fct_tickets_created_date on marts.fct_tickets (created_date);
create index ix_fct_tickets_first_reply_date on marts.fct_tickets (first_reply_date);
create index ix_fct_tickets_first_resolution_date on marts.fct_tickets (first_resolution_date);
create index ix_fct_tickets_open on marts.fct_tickets (created_at) where resolved_at is null and not is_excluded;
create index ix_fct_tickets_rated_date on marts.fct_tickets (rated_date);
create index ix_fct_tickets_resolved_date on marts.fct_tickets (resolved_date);
create index ix_fct_tickets_survey_offered_date on marts.fct_tickets (survey_offered_date);
comment on table marts.fct_tickets is 'One row per ticket.';
comment on column marts.fct_tickets.resolution_sla is '1 met, 2 missed, 3 still running; null without a target.';
comment on column marts.fct_tickets.resolution_due_at is 'Of a running target.';
comment on column marts.fct_tickets.waiting_since_at is 'Start of the customer''s present unanswered run of messages.';
comment on column marts.fct_tickets.customer_hash is '64-bit hash of the customer''s address; null when unknown.';

create table marts.sla_policy_choices (
    priority varchar(20) not null,
    customer_type varchar(50) not null,
    channel varchar(20) not null,
    valid_from_at timestamp with time zone not null,
    valid_until_at timestamp with time zone not null,
    sla_policy_id integer not null,
    calendar_id bigint,
    first_reply_seconds integer,
    next_reply_seconds integer,
    resolution_seconds integer,
    constraint pk_sla_policy_choices primary key (priority, customer_type, channel, valid_from_at)
);
comment on table marts.sla_policy_choices is 'Which SLA policy applies to which kind of ticket, and when.';
comment on column marts.sla_policy_choices.customer_type is 'Empty: not set.';

create table ops.data_quality_results (
    id bigint generated by default as identity,
    check_name varchar(100) not null,
    checked_at timestamp with time zone default now() not null,
    failing_count bigint not null,
    sample_ticket_ids jsonb not null,
    constraint pk_data_quality_results primary key (id)
);
create index ix_data_quality_results_check_name_checked_at on ops.data_quality_results (check_name, checked_at);

create table ops.data_version (
    is_only_row boolean default true not null,
    version bigint default '0' not null,
    refreshed_at timestamp with time zone,
    time_zone varchar(64) not null,
    fingerprint varchar(64),
    constraint pk_data_version primary key (is_only_row),
    constraint ck_data_version_is_only_row check (is_only_row)
);
comment on column ops.data_version.refreshed_at is 'Commit time of the refresh that made this version.';
comment on column ops.data_version.time_zone is 'The zone whose days the marts hold.';
comment on column ops.data_version.fingerprint is 'Declaration the rollups were made by; see warehouse.rollups.';

create table ops.job_runs (
    id bigint generated by default as identity,
    job varchar(100) not null,
    started_at timestamp with time zone default now() not null,
    finished_at timestamp with time zone,
    outcome varchar(20) default 'running' not null,
    row_count bigint,
    details jsonb default '{}'::jsonb not null,
    error text,
    constraint pk_job_runs primary key (id),
    constraint ck_job_runs_outcome check (outcome in ('running', 'succeeded', 'failed', 'abandoned'))
);
create index ix_job_runs_job_started_at on ops.job_runs (job, started_at);
comment on column ops.job_runs.error is 'One sentence, no personal data.';

create table ops.rebuild_requests (
    id bigint generated by default as identity,
    reason varchar(100) not null,
    requested_at timestamp with time zone default now() not null,
    constraint pk_rebuild_requests primary key (id)
);
comment on table ops.rebuild_requests is 'Queue of changes that touch every ticket (SLA policies, calendars); the next refresh rebuilds the marts.';

create table raw.imports (
    id bigint generated by default as identity,
    source varchar(100) not null,
    file_name text not null,
    file_sha256 varchar(64),
    profile jsonb not null,
    started_at timestamp with time zone default now() not null,
    finished_at timestamp with time zone,
    report jsonb,
    constraint pk_imports primary key (id)
);
comment on column raw.imports.profile is 'The column mapping that was used.';
comment on column raw.imports.report is 'Counts and line numbers shown to the person.';

create table raw.quarantined_records (
    id bigint generated by default as identity,
    source varchar(100) not null,
    external_id text,
    import_id bigint not null,
    line_number bigint not null,
    payload jsonb not null,
    reasons jsonb not null,
    quarantined_at timestamp with time zone default now() not null,
    released_at timestamp with time zone,
    constraint pk_quarantined_records primary key (id)
);
create index ix_quarantined_records_waiting on raw.quarantined_records (source, id) where released_at is null;
comment on column raw.quarantined_records.reasons is '[{code, column, message}], never empty.';
comment on column raw.quarantined_records.released_at is 'When a replay accepted the record.';

create table raw.records (
    source varchar(100) not null,
    external_id text not null,
    ticket_id bigint not null,
    import_id bigint not null,
    line_number bigint not null,
    payload jsonb not null,
    payload_hash bytea not null,
    received_at timestamp with time zone default now() not null,
    constraint pk_records primary key (source, external_id)
);

create table raw.superseded_records (
    id bigint generated by default as identity,
    source varchar(100) not null,
    external_id text not null,
    import_id bigint not null,
    line_number bigint not null,
    payload jsonb not null,
    superseded_by_import_id bigint not null,
    superseded_at timestamp with time zone default now() not null,
    constraint pk_superseded_records primary key (id)
);

create table support.agents (
    agent_name varchar(100) not null,
    team varchar(100),
    hired_on date,
    left_on date,
    metadata jsonb default '{}'::jsonb not null,
    constraint pk_agents primary key (agent_name)
);

create table support.audit_log (
    id bigint generated by default as identity,
    happened_at timestamp with time zone default now() not null,
    actor varchar(100) not null,
    action varchar(100) not null,
    target text not null,
    details jsonb default '{}'::jsonb not null,
    constraint pk_audit_log primary key (id)
);
create index ix_audit_log_happened_at on support.audit_log (happened_at);

create table support.business_calendars (
    id bigint generated by default as identity,
    name varchar(100) not null,
    time_zone varchar(64) not null,
    is_default boolean default false not null,
    constraint pk_business_calendars primary key (id),
    constraint uq_business_calendars_name unique (name)
);
create unique index uq_business_calendars_default on support.business_calendars (is_default) where is_default;

create table support.categories (
    slug varchar(100) not null,
    name varchar(100) not null,
    description text default '' not null,
    position integer default '0' not null,
    is_active boolean default true not null,
    constraint pk_categories primary key (slug)
);

create table support.customers (
    customer_email varchar(255) not null,
    name text,
    customer_type varchar(50),
    created_at timestamp with time zone default now() not null,
    churned_at timestamp with time zone,
    metadata jsonb default '{}'::jsonb not null,
    constraint pk_customers primary key (customer_email)
);

create table support.priority_rules (
    id bigint generated by default as identity,
    position integer not null,
    customer_type varchar(50),
    urgency varchar(20),
    priority varchar(20) not null,
    reason text not null,
    constraint pk_priority_rules primary key (id)
);
comment on column support.priority_rules.position is 'Lowest that matches wins.';
comment on column support.priority_rules.customer_type is 'Null matches any.';
comment on column support.priority_rules.urgency is 'Null matches any.';

create table support.support_tickets (
    id bigint generated by default as identity,
    customer_email varchar(255) not null,
    subject text not null,
    content text not null,
    category varchar(100),
    priority varchar(20) default 'medium' not null,
    status varchar(50) default 'open' not null,
    created_at timestamp with time zone default now() not null,
    resolved_at timestamp with time zone,
    assigned_agent varchar(100),
    customer_satisfaction_score integer,
    metadata jsonb default '{}'::jsonb not null,
    channel varchar(20) default 'email' not null,
    customer_type varchar(50),
    team varchar(100),
    language varchar(8),
    category_source varchar(20) default 'imported' not null,
    is_date_only boolean default false not null,
    is_outbound boolean default false not null,
    exclusion varchar(20),
    survey_offered_at timestamp with time zone,
    rated_at timestamp with time zone,
    constraint pk_support_tickets primary key (id),
    constraint ck_support_tickets_priority check (priority in ('low', 'medium', 'high', 'urgent')),
    constraint ck_support_tickets_status check (status in ('new', 'open', 'pending', 'on_hold', 'resolved', 'closed')),
    constraint ck_support_tickets_channel check (channel in ('email', 'call', 'chat', 'form', 'social', 'other')),
    constraint ck_support_tickets_exclusion check (exclusion in ('spam', 'merged', 'test')),
    constraint ck_support_tickets_category_source check (category_source in ('imported', 'person', 'rules', 'model')),
    constraint ck_support_tickets_customer_satisfaction_score check (customer_satisfaction_score between 1 and 5),
    constraint ck_support_tickets_resolved_after_created check (resolved_at >= created_at)
);
create index ix_support_tickets_created_at on support.support_tickets (created_at, id);
create index ix_support_tickets_customer_email on support.support_tickets (customer_email, created_at);
create index ix_support_tickets_words on support.support_tickets using gin (to_tsvector('simple', subject || ' ' || left(content, 4000)));
comment on table support.support_tickets is 'One row per ticket. Dates without a time carry is_date_only and midnight of the desk''s zone.';
comment on column support.support_tickets.category is 'Category slug; null is ''not categorised''.';
comment on column support.support_tickets.resolved_at is 'Latest solved instant; null while open.';
comment on column support.support_tickets.customer_type is 'The customer''s type when the ticket was created.';
comment on column support.support_tickets.exclusion is 'Why the ticket is left out of metrics: spam, merged or test.';

create table support.ticket_changes (
    ticket_id bigint not null,
    changed_at timestamp with time zone default now() not null
);
comment on table support.ticket_changes is 'Queue of tickets to derive again, written by statement triggers, consumed with DELETE ... RETURNING.';

create table support.users (
    id bigint generated by default as identity,
    user_name varchar(100) not null,
    password_hash text not null,
    role varchar(20) not null,
    session_key varchar(64) not null,
    is_active boolean default true not null,
    failed_login_count integer default '0' not null,
    locked_until_at timestamp with time zone,
    created_at timestamp with time zone default now() not null,
    last_login_at timestamp with time zone,
    constraint pk_users primary key (id),
    constraint ck_users_role check (role in ('manager', 'viewer')),
    constraint uq_users_user_name unique (user_name)
);
comment on column support.users.session_key is 'Changes with the password: ends open sessions.';

create table support.business_exceptions (
    id bigint generated by default as identity,
    calendar_id bigint not null,
    on_date date not null,
    name text not null,
    opens_minute smallint,
    closes_minute smallint,
    constraint pk_business_exceptions primary key (id),
    constraint ck_business_exceptions_both_or_neither check ((opens_minute is null) = (closes_minute is null)),
    constraint ck_business_exceptions_closes_minute check (closes_minute > opens_minute),
    constraint uq_business_exceptions_calendar_id_on_date_opens_minute unique nulls not distinct (calendar_id, on_date, opens_minute),
    constraint fk_business_exceptions_calendar_id foreign key(calendar_id) references support.business_calendars (id) on delete cascade
);
comment on table support.business_exceptions is 'Dated exceptions (public holidays, short days) replace that day''s weekly windows.';
comment on column support.business_exceptions.opens_minute is 'Null: closed all day.';

create table support.business_windows (
    id bigint generated by default as identity,
    calendar_id bigint not null,
    weekday smallint not null,
    opens_minute smallint not null,
    closes_minute smallint not null,
    valid_from_date date,
    valid_until_date date,
    constraint pk_business_windows primary key (id),
    constraint ck_business_windows_weekday check (weekday between 0 and 6),
    constraint ck_business_windows_opens_minute check (opens_minute between 0 and 1439),
    constraint ck_business_windows_closes_minute check (closes_minute > opens_minute and closes_minute <= opens_minute + 1440),
    constraint fk_business_windows_calendar_id foreign key(calendar_id) references support.business_calendars (id) on delete cascade
);
comment on column support.business_windows.weekday is '0 is Monday.';
comment on column support.business_windows.opens_minute is 'Minutes after local midnight.';
comment on column support.business_windows.closes_minute is 'Over 1440 runs into the next day.';
comment on column support.business_windows.valid_from_date is 'Null: always was.';
comment on column support.business_windows.valid_until_date is 'First day it no longer holds; null: still does.';

create table support.category_keywords (
    category varchar(100) not null,
    language varchar(8) default 'en' not null,
    phrase varchar(200) not null,
    weight float default '1' not null,
    constraint pk_category_keywords primary key (category, language, phrase),
    constraint fk_category_keywords_category foreign key(category) references support.categories (slug) on delete cascade
);

create table support.customer_interactions (
    id bigint generated by default as identity,
    ticket_id bigint not null,
    interaction_type varchar(50) not null,
    agent_name varchar(100),
    duration_minutes integer,
    notes text,
    timestamp timestamp with time zone default now() not null,
    direction varchar(10) not null,
    is_public boolean default true not null,
    is_automatic boolean default false not null,
    constraint pk_customer_interactions primary key (id, ticket_id),
    constraint ck_customer_interactions_direction check (direction in ('inbound', 'outbound')),
    constraint ck_customer_interactions_duration_minutes check (duration_minutes >= 0),
    constraint fk_customer_interactions_ticket_id foreign key(ticket_id) references support.support_tickets (id) on delete cascade
);
create index ix_customer_interactions_ticket_id_timestamp on support.customer_interactions (ticket_id, timestamp);
comment on column support.customer_interactions.agent_name is 'Null when the customer or a machine spoke.';
comment on column support.customer_interactions.direction is 'inbound: by the customer; outbound: by the desk.';

create table support.sla_policies (
    id bigint generated by default as identity,
    name varchar(100) not null,
    position integer not null,
    priority varchar(20),
    customer_type varchar(50),
    channel varchar(20),
    calendar_id bigint,
    first_reply_minutes integer,
    next_reply_minutes integer,
    resolution_minutes integer,
    valid_from_at timestamp with time zone,
    valid_until_at timestamp with time zone,
    constraint pk_sla_policies primary key (id),
    constraint uq_sla_policies_name unique (name),
    constraint fk_sla_policies_calendar_id foreign key(calendar_id) references support.business_calendars (id)
);
comment on column support.sla_policies.position is 'Lowest that matches wins.';
comment on column support.sla_policies.priority is 'Null matches any; so for the two below.';
comment on column support.sla_policies.calendar_id is 'Null: calendar clock.';

create table support.ticket_corrections (
    id bigint generated by default as identity,
    ticket_id bigint not null,
    field varchar(30) not null,
    old_value varchar(100),
    new_value varchar(100),
    corrected_by varchar(100) not null,
    corrected_at timestamp with time zone default now() not null,
    constraint pk_ticket_corrections primary key (id, ticket_id),
    constraint ck_ticket_corrections_field check (field in ('category', 'priority')),
    constraint fk_ticket_corrections_ticket_id foreign key(ticket_id) references support.support_tickets (id) on delete cascade
);
create index ix_ticket_corrections_ticket_id on support.ticket_corrections (ticket_id);

create table support.ticket_field_history (
    id bigint generated by default as identity,
    ticket_id bigint not null,
    field varchar(30) not null,
    old_value varchar(100),
    new_value varchar(100),
    changed_at timestamp with time zone default now() not null,
    changed_by varchar(100),
    is_automatic boolean default false not null,
    constraint pk_ticket_field_history primary key (id, ticket_id),
    constraint ck_ticket_field_history_field check (field in ('priority', 'team', 'assigned_agent', 'category')),
    constraint fk_ticket_field_history_ticket_id foreign key(ticket_id) references support.support_tickets (id) on delete cascade
);
create index ix_ticket_field_history_ticket_id_changed_at on support.ticket_field_history (ticket_id, changed_at);
comment on column support.ticket_field_history.field is 'priority, team, assigned_agent or category.';

create table support.ticket_predictions (
    id bigint generated by default as identity,
    ticket_id bigint not null,
    model_version varchar(100) not null,
    category varchar(100),
    confidence float,
    priority varchar(20),
    urgency varchar(20),
    sentiment varchar(20),
    language varchar(8),
    reasons jsonb default '{}'::jsonb not null,
    predicted_at timestamp with time zone default now() not null,
    constraint pk_ticket_predictions primary key (id, ticket_id),
    constraint fk_ticket_predictions_ticket_id foreign key(ticket_id) references support.support_tickets (id) on delete cascade
);
create index ix_ticket_predictions_ticket_id_predicted_at on support.ticket_predictions (ticket_id, predicted_at);
comment on table support.ticket_predictions is 'Append-only.';

create table support.ticket_status_history (
    id bigint generated by default as identity,
    ticket_id bigint not null,
    status varchar(50) not null,
    changed_at timestamp with time zone default now() not null,
    changed_by varchar(100),
    is_automatic boolean default false not null,
    constraint pk_ticket_status_history primary key (id, ticket_id),
    constraint ck_ticket_status_history_status check (status in ('new', 'open', 'pending', 'on_hold', 'resolved', 'closed')),
    constraint fk_ticket_status_history_ticket_id foreign key(ticket_id) references support.support_tickets (id) on delete cascade
);
create index ix_ticket_status_history_ticket_id_changed_at on support.ticket_status_history (ticket_id, changed_at);
comment on table support.ticket_status_history is 'Empty for a ticket whose source keeps no history: then created_at and resolved_at speak.';
comment on column support.ticket_status_history.status is 'The status from changed_at on.';

create table support.ticket_translations (
    id bigint generated by default as identity,
    ticket_id bigint not null,
    source_language varchar(8) not null,
    target_language varchar(8) not null,
    subject text not null,
    content text not null,
    translated_by varchar(100) not null,
    translated_at timestamp with time zone default now() not null,
    reviewed_by varchar(100),
    reviewed_at timestamp with time zone,
    constraint pk_ticket_translations primary key (id, ticket_id),
    constraint fk_ticket_translations_ticket_id foreign key(ticket_id) references support.support_tickets (id) on delete cascade
);
create index ix_ticket_translations_ticket_id on support.ticket_translations (ticket_id);
