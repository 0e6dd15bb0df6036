-- Demand forecasts, the accuracy of past forecasts, and the desk's own events.

create table marts.demand_series (
    series_key varchar(300) not null,
    dimension varchar(20) not null,
    value varchar(255),
    first_date date not null,
    cutoff_date date not null,
    day_count integer not null,
    ticket_count bigint not null,
    outcome varchar(20) not null,
    model_name varchar(40) not null,
    weights jsonb not null,
    gap_days integer not null,
    giant_days integer not null,
    country varchar(2),
    data_hash varchar(64) not null,
    updated_at timestamp with time zone default now() not null,
    constraint pk_demand_series primary key (series_key)
);
comment on table marts.demand_series is
'Series that were looked at, and what could be done with each.';
comment on column marts.demand_series.dimension is 'Empty for the total.';
comment on column marts.demand_series.value is 'Null: not set, or the total.';
comment on column marts.demand_series.cutoff_date is 'The last day that was known.';
comment on column marts.demand_series.outcome is 'What could be done; analytics.forecasting.forecast.';
comment on column marts.demand_series.model_name is 'Whose forecast is shown; empty: none is.';
comment on column marts.demand_series.weights is 'Share of each member in the combination.';
comment on column marts.demand_series.gap_days is 'Days without a known count.';
comment on column marts.demand_series.giant_days is 'Days left out as too large to be believed.';
comment on column marts.demand_series.country is 'Whose holidays are used.';
comment on column marts.demand_series.data_hash is 'Of all that the forecast is made from.';

create table marts.demand_forecasts (
    series_key varchar(300) not null,
    cutoff_date date not null,
    model_name varchar(40) not null,
    ds date not null,
    expected float not null,
    q025 float not null,
    q10 float not null,
    q25 float not null,
    q50 float not null,
    q75 float not null,
    q90 float not null,
    q975 float not null,
    constraint pk_demand_forecasts primary key (series_key, cutoff_date, model_name, ds)
);
comment on table marts.demand_forecasts is
'Every daily forecast that was made, kept so that it can be held against what came.';
comment on column marts.demand_forecasts.cutoff_date is 'The last day that was known.';

create table marts.demand_backtests (
    series_key varchar(300) not null,
    cutoff_date date not null,
    model_name varchar(40) not null,
    history_hash varchar(64) not null,
    expected float[] not null,
    quantiles float[],
    constraint pk_demand_backtests primary key (series_key, cutoff_date, model_name)
);
comment on table marts.demand_backtests is
'What each member would have said at days of the past, so that tomorrow''s backtest makes only what is new.';
comment on column marts.demand_backtests.history_hash is 'Of the days and names until the cutoff.';
comment on column marts.demand_backtests.expected is 'One for each day ahead.';
comment on column marts.demand_backtests.quantiles is 'Seven for each day ahead; null for what is only a member.';

create table marts.demand_accuracy (
    series_key varchar(300) not null,
    source varchar(10) not null,
    model_name varchar(40) not null,
    mase float,
    wape float,
    coverage_50 float,
    coverage_80 float,
    coverage_95 float,
    pinball float,
    cutoff_count integer not null,
    day_count integer not null,
    constraint pk_demand_accuracy primary key (series_key, source, model_name),
    constraint ck_demand_accuracy_source check (source in ('backtest', 'kept'))
);
comment on table marts.demand_accuracy is
'How far each model was off, and how often its intervals held, over up to 28 days ahead.';
comment on column marts.demand_accuracy.source is 'backtest, or kept: forecasts as they were made.';

create table marts.demand_components (
    series_key varchar(300) not null,
    ds date not null,
    trend float not null,
    week float not null,
    year float not null,
    events float not null,
    constraint pk_demand_components primary key (series_key, ds)
);
comment on table marts.demand_components is
'What expected tickets consist of, by the calendar regression: the product of the four.';
comment on column marts.demand_components.trend is 'Tickets on a day like the average one.';
comment on column marts.demand_components.week is 'Factor; so the two below.';

create table marts.demand_forecast_hours (
    series_key varchar(300) not null,
    ds date not null,
    hour smallint not null,
    expected float not null,
    q025 float not null,
    q10 float not null,
    q25 float not null,
    q50 float not null,
    q75 float not null,
    q90 float not null,
    q975 float not null,
    constraint pk_demand_forecast_hours primary key (series_key, ds, hour),
    constraint ck_demand_forecast_hours_hour check (hour between 0 and 23)
);
comment on table marts.demand_forecast_hours is
'The newest forecast shared out over hours.';

create table marts.demand_holidays (
    on_date date not null,
    name varchar(200) not null,
    constraint pk_demand_holidays primary key (on_date, name)
);
comment on table marts.demand_holidays is
'Public holidays of the desk''s country, over the history and the days ahead.';

create table support.desk_events (
    id bigint generated by default as identity,
    name varchar(100) not null,
    first_date date not null,
    last_date date not null,
    expected_change float,
    created_by varchar(100) not null,
    created_at timestamp with time zone default now() not null,
    constraint pk_desk_events primary key (id),
    constraint uq_desk_events_name_first_date unique (name, first_date),
    constraint ck_desk_events_length check (last_date >= first_date and last_date < first_date + 366),
    constraint ck_desk_events_expected_change check (expected_change > -1 and expected_change <= 10),
    constraint ck_desk_events_name check (name = btrim(name) and name <> '')
);
comment on table support.desk_events is
'School terms, campaigns and whatever else makes days unlike others.';
comment on column support.desk_events.name is 'What recurs has the same name every time.';
comment on column support.desk_events.expected_change is 'Share that it is expected to add, until it can be learnt.';

-- For each series: the newest forecast of the model that is shown.
create view marts.demand_forecast_days as
select
    forecast.series_key,
    forecast.ds,
    forecast.expected,
    forecast.q025,
    forecast.q10,
    forecast.q25,
    forecast.q50,
    forecast.q75,
    forecast.q90,
    forecast.q975
from marts.demand_series as series
inner join marts.demand_forecasts as forecast
    on
        series.series_key = forecast.series_key
        and series.cutoff_date = forecast.cutoff_date
        and series.model_name = forecast.model_name;

create view marts.desk_events as
select
    id,
    name,
    first_date,
    last_date,
    expected_change,
    created_by,
    created_at
from support.desk_events;

do $$
declare
    made_table text;
begin
    foreach made_table in array array[
        'demand_series', 'demand_forecasts', 'demand_backtests', 'demand_accuracy', 'demand_components',
        'demand_forecast_hours', 'demand_holidays', 'demand_forecast_days'
    ]
    loop
        execute format('alter table marts.%I owner to support_etl_writer', made_table);
        execute format('grant select on marts.%I to support_portal_reader', made_table);
    end loop;
end
$$;

alter table support.desk_events owner to support_owner;
alter view marts.desk_events owner to support_owner;
grant select, insert, update, delete on support.desk_events to support_etl_writer, support_portal_editor;
grant select on marts.desk_events to support_portal_reader, support_etl_writer;
