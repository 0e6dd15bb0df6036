-- Results of the jobs: comparisons of agents, odd days, seasons, and insights.

create table marts.agent_metrics (
    metric varchar(40) not null,
    start_date date not null,
    end_date date not null,
    clock varchar(20) not null,
    ticket_count integer not null,
    agent_spread float not null,
    dispersion float not null,
    ticket_log_deviation float not null,
    constraint pk_agent_metrics primary key (metric)
);
comment on table marts.agent_metrics is
'What agents were compared on, and how much they differ.';
comment on column marts.agent_metrics.end_date is
'First day after the period.';
comment on column marts.agent_metrics.clock is
'calendar or business hours; empty for shares.';
comment on column marts.agent_metrics.agent_spread is
'Standard deviation between agents beyond chance, on the log scale.';
comment on column marts.agent_metrics.dispersion is
'Winsorised mean of squared z-scores: 1 is chance alone.';
comment on column marts.agent_metrics.ticket_log_deviation is
'Of one ticket; the limits of the funnel follow from it.';

create table marts.agent_figures (
    metric varchar(40) not null,
    agent varchar(255) not null,
    ticket_count integer not null,
    observed float not null,
    expected float not null,
    ratio float not null,
    ratio_low float not null,
    ratio_high float not null,
    pooled_ratio float not null,
    pooled_low float not null,
    pooled_high float not null,
    q_value float,
    is_judged boolean not null,
    constraint pk_agent_figures primary key (metric, agent)
);
comment on table marts.agent_figures is
'The figure of an agent for a metric, over what the kind of their tickets would have brought.';
comment on column marts.agent_figures.observed is
'Minutes (geometric mean), or a share.';
comment on column marts.agent_figures.expected is
'What the kind of these tickets would have brought.';
comment on column marts.agent_figures.ratio is
'Observed over expected.';
comment on column marts.agent_figures.pooled_ratio is
'Drawn towards 1 as far as so few tickets demand.';
comment on column marts.agent_figures.q_value is
'Of no difference, all agents looked at; null with too few tickets.';

create table marts.volume_anomalies (
    category varchar(100) not null,
    start_date date not null,
    last_date date not null,
    ticket_count integer not null,
    expected float not null,
    low float not null,
    high float not null,
    p_value float not null,
    q_value float not null,
    changes jsonb not null,
    constraint pk_volume_anomalies primary key (category, start_date)
);
comment on table marts.volume_anomalies is
'Days that brought clearly more or fewer tickets than expected.';
comment on column marts.volume_anomalies.category is
'Empty: all tickets.';
comment on column marts.volume_anomalies.low is
'Fewest that would not have been called odd.';
comment on column marts.volume_anomalies.high is
'Most that would not have been called odd.';
comment on column marts.volume_anomalies.q_value is
'Adjusted for all days and categories looked at.';
comment on column marts.volume_anomalies.changes is
'What was different: words, channels, customer types.';

create table marts.seasonal_lifts (
    category varchar(100) not null,
    start_half smallint not null,
    half_count smallint not null,
    ratio float not null,
    ratio_low float not null,
    ratio_high float not null,
    p_value float not null,
    ticket_count integer not null,
    year_count smallint not null,
    constraint pk_seasonal_lifts primary key (category, start_half)
);
comment on table marts.seasonal_lifts is
'Times of the year that bring more or fewer tickets.';
comment on column marts.seasonal_lifts.category is
'Empty: all tickets.';
comment on column marts.seasonal_lifts.start_half is
'0 is 1 to 15 January, 23 is 16 to 31 December.';
comment on column marts.seasonal_lifts.ratio is
'Tickets over tickets at the same weekday and trend outside.';
comment on column marts.seasonal_lifts.p_value is
'Of no lift, every window looked at.';

create table marts.insights (
    place serial not null,
    topic varchar(40) not null,
    subject varchar(255) not null,
    title text not null,
    detail text not null,
    action text not null,
    tone varchar(10) not null,
    effect float not null,
    effect_low float not null,
    effect_high float not null,
    effect_unit varchar(20) not null,
    ticket_count integer not null,
    q_value float not null,
    start_date date not null,
    end_date date not null,
    path varchar(50) not null,
    filters jsonb not null,
    parameters jsonb not null,
    first_said_date date not null,
    constraint pk_insights primary key (place)
);
comment on table marts.insights is
'What the data says, ranked, each sentence held by its interval.';
comment on column marts.insights.place is
'1 is what matters most.';
comment on column marts.insights.end_date is
'First day after.';
comment on column marts.insights.filters is
'Dimension to values.';
comment on column marts.insights.parameters is
'Further parameters of the address.';

create table marts.insight_gaps (
    topic varchar(40) not null,
    why text not null,
    what_to_do text not null,
    constraint pk_insight_gaps primary key (topic)
);
comment on table marts.insight_gaps is
'What could not be said, and what is missing for it.';

create table marts.insight_runs (
    job varchar(100) not null,
    made_at timestamp with time zone not null,
    start_date date not null,
    end_date date not null,
    looked_at_count integer not null,
    constraint pk_insight_runs primary key (job)
);
comment on table marts.insight_runs is
'When each job last looked, at which days, and at how many things.';

alter table marts.agent_metrics owner to support_etl_writer;
alter table marts.agent_figures owner to support_etl_writer;
alter table marts.volume_anomalies owner to support_etl_writer;
alter table marts.seasonal_lifts owner to support_etl_writer;
alter table marts.insights owner to support_etl_writer;
alter table marts.insight_gaps owner to support_etl_writer;
alter table marts.insight_runs owner to support_etl_writer;
grant select on
marts.agent_metrics,
marts.agent_figures,
marts.volume_anomalies,
marts.seasonal_lifts,
marts.insights,
marts.insight_gaps,
marts.insight_runs
to support_portal_reader;
