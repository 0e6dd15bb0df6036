-- Results of the analyses of ratings and of churn; each run of a job replaces all its rows.

create table marts.driver_reports (
    made_at timestamp with time zone not null,
    first_date date,
    last_date date,
    ticket_count integer not null,
    rated_count integer not null,
    r_squared float,
    controls jsonb not null,
    response text not null,
    notices jsonb not null,
    constraint pk_driver_reports primary key (made_at)
);
comment on table marts.driver_reports is 'The latest analysis of satisfaction: one row.';
comment on column marts.driver_reports.first_date is 'Of the tickets looked at; null without any.';
comment on column marts.driver_reports.r_squared is 'Share of the variance of ratings that goes with the drivers.';
comment on column marts.driver_reports.controls is 'What was held equal.';
comment on column marts.driver_reports.response is 'Who answers surveys, in a sentence.';
comment on column marts.driver_reports.notices is 'What is missing and why, in sentences.';
alter table marts.driver_reports owner to support_etl_writer;
grant select on marts.driver_reports to support_portal_reader;

create table marts.driver_effects (
    slug varchar(40) not null,
    position smallint not null,
    unit varchar(10) not null,
    estimate float not null,
    low float not null,
    high float,
    p_value float not null,
    top_box_odds_ratio float,
    top_box_low float,
    top_box_high float,
    ordinal_odds_ratio float,
    ordinal_low float,
    ordinal_high float,
    n integer not null,
    is_supported boolean not null,
    sentence text not null,
    constraint pk_driver_effects primary key (slug)
);
comment on table marts.driver_effects is 'What goes with ratings, everything else recorded being equal.';
comment on column marts.driver_effects.unit is 'points: 0 is no effect; ratio: 1 is.';
comment on column marts.driver_effects.top_box_odds_ratio is 'Of a rating of 4 or 5.';
comment on column marts.driver_effects.ordinal_odds_ratio is 'Of any better rating.';
comment on column marts.driver_effects.is_supported is 'Whether more is told than that it may be chance.';
alter table marts.driver_effects owner to support_etl_writer;
grant select on marts.driver_effects to support_portal_reader;

create table marts.driver_correlations (
    method varchar(10) not null,
    variable varchar(40) not null,
    other varchar(40) not null,
    coefficient float,
    n integer not null,
    constraint pk_driver_correlations primary key (method, variable, other)
);
comment on column marts.driver_correlations.coefficient is '-1 to 1; null where it cannot be computed.';
comment on column marts.driver_correlations.n is 'Rated tickets for which both are known.';
alter table marts.driver_correlations owner to support_etl_writer;
grant select on marts.driver_correlations to support_portal_reader;

create table marts.driver_shares (
    slug varchar(40) not null,
    position smallint not null,
    estimate float not null,
    low float not null,
    high float,
    constraint pk_driver_shares primary key (slug)
);
comment on table marts.driver_shares is 'Shares of the variance of ratings, 0 to 1; together they are r_squared.';
alter table marts.driver_shares owner to support_etl_writer;
grant select on marts.driver_shares to support_portal_reader;

create table marts.driver_response_rates (
    dimension varchar(20) not null,
    value varchar(255) not null,
    offered_count integer not null,
    answered_count integer not null,
    low float not null,
    high float not null,
    constraint pk_driver_response_rates primary key (dimension, value)
);
comment on column marts.driver_response_rates.dimension is 'Empty: all tickets.';
comment on column marts.driver_response_rates.value is '~ is not set.';
comment on column marts.driver_response_rates.low is '95 % interval of answered ÷ offered.';
alter table marts.driver_response_rates owner to support_etl_writer;
grant select on marts.driver_response_rates to support_portal_reader;

create table marts.churn_reports (
    made_at timestamp with time zone not null,
    kind varchar(10) not null,
    chosen_model varchar(40),
    customer_count integer not null,
    churn_count integer not null,
    expected_count float,
    horizon_days integer not null,
    notices jsonb not null,
    constraint pk_churn_reports primary key (made_at)
);
comment on table marts.churn_reports is 'The latest analysis of leaving: one row.';
comment on column marts.churn_reports.kind is 'model: chances; indicator: points; or nothing.';
comment on column marts.churn_reports.chosen_model is 'One of churn_evaluations; null without a model.';
comment on column marts.churn_reports.churn_count is 'Customers recorded to have left.';
comment on column marts.churn_reports.expected_count is 'Of today''s customers, how many may leave within the horizon.';
comment on column marts.churn_reports.horizon_days is 'What a chance is about.';
alter table marts.churn_reports owner to support_etl_writer;
grant select on marts.churn_reports to support_portal_reader;

create table marts.churn_scores (
    customer_hash bigserial not null,
    position integer not null,
    score float not null,
    reasons jsonb not null,
    customer_type varchar(50) not null,
    ticket_count integer not null,
    latest_ticket_id bigint not null,
    constraint pk_churn_scores primary key (customer_hash)
);
comment on table marts.churn_scores is 'Today''s customers who have written.';
comment on column marts.churn_scores.customer_hash is 'As in fct_tickets.';
comment on column marts.churn_scores.position is '1 is the highest.';
comment on column marts.churn_scores.score is 'A chance 0 to 1, or points 0 to 100, by the report''s kind.';
comment on column marts.churn_scores.reasons is 'The strongest first, in words.';
comment on column marts.churn_scores.ticket_count is 'In the last 365 days.';
comment on column marts.churn_scores.latest_ticket_id is 'Leads to who it is.';
create index ix_churn_scores_position on marts.churn_scores (position);
alter table marts.churn_scores owner to support_etl_writer;
grant select on marts.churn_scores to support_portal_reader;

create table marts.churn_evaluations (
    model varchar(40) not null,
    auc float not null,
    auc_low float not null,
    auc_high float not null,
    lift float not null,
    lift_low float not null,
    lift_high float not null,
    log_loss float not null,
    baseline_log_loss float not null,
    reliability jsonb not null,
    n integer not null,
    left_count integer not null,
    constraint pk_churn_evaluations primary key (model)
);
comment on table marts.churn_evaluations is 'How each model did on months it had not seen.';
comment on column marts.churn_evaluations.auc is 'Area under the curve on later months: 0.5 is a coin.';
comment on column marts.churn_evaluations.lift is 'Share that left in the top tenth ÷ among all.';
comment on column marts.churn_evaluations.baseline_log_loss is 'Of one chance for everybody.';
comment on column marts.churn_evaluations.reliability is '[predicted, observed, n] of each tenth.';
alter table marts.churn_evaluations owner to support_etl_writer;
grant select on marts.churn_evaluations to support_portal_reader;

create table marts.churn_hazards (
    slug varchar(40) not null,
    estimate float not null,
    low float not null,
    high float,
    p_value float not null,
    departure_count integer not null,
    customer_years float not null,
    is_supported boolean not null,
    constraint pk_churn_hazards primary key (slug)
);
comment on table marts.churn_hazards is 'How many times as often customers leave in the 180 days after it.';
comment on column marts.churn_hazards.estimate is 'Hazard ratio: 1 is no difference.';
comment on column marts.churn_hazards.high is 'Null: no upper end.';
alter table marts.churn_hazards owner to support_etl_writer;
grant select on marts.churn_hazards to support_portal_reader;

create table marts.churn_pain_points (
    kind varchar(10) not null,
    slug varchar(100) not null,
    position smallint not null,
    estimate float not null,
    low float not null,
    high float,
    p_value float not null,
    departure_count integer not null,
    excess_count float not null,
    customer_years float not null,
    is_supported boolean not null,
    constraint pk_churn_pain_points primary key (kind, slug)
);
comment on column marts.churn_pain_points.kind is 'experience or category.';
comment on column marts.churn_pain_points.estimate is 'Ratio of rates, adjusted for customer type and activity.';
comment on column marts.churn_pain_points.excess_count is 'Departures more than would have been anyway.';
alter table marts.churn_pain_points owner to support_etl_writer;
grant select on marts.churn_pain_points to support_portal_reader;
