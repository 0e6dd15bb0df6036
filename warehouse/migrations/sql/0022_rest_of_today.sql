create table marts.demand_today (
    series_key varchar(300) not null,
    ds date not null,
    made_at timestamp with time zone not null,
    passed_hours smallint not null,
    so_far integer not null,
    expected_so_far float not null,
    expected_left float not null,
    expected float not null,
    q025 float not null,
    q10 float not null,
    q25 float not null,
    q50 float not null,
    q75 float not null,
    q90 float not null,
    q975 float not null,
    constraint pk_demand_today primary key (series_key),
    constraint ck_demand_today_passed_hours check (passed_hours between 1 and 23)
);
comment on table marts.demand_today is
'The hours left of today in sum, from what has come so far; no row where today is not counted by the hour.';
comment on column marts.demand_today.passed_hours is 'Hours since midnight that are over and counted.';
comment on column marts.demand_today.so_far is 'Tickets that came in them.';
comment on column marts.demand_today.expected_so_far is 'Tickets that the forecast before the day had for them.';
comment on column marts.demand_today.expected_left is 'Tickets that the forecast before the day had for the rest.';

create table marts.demand_today_hours (
    series_key varchar(300) not null,
    hour smallint not null,
    expected float not null,
    q025 float not null,
    q10 float not null,
    q25 float not null,
    q50 float not null,
    q75 float not null,
    q90 float not null,
    q975 float not null,
    constraint pk_demand_today_hours primary key (series_key, hour),
    constraint ck_demand_today_hours_hour check (hour between 0 and 23)
);
comment on table marts.demand_today_hours is
'Each hour left of today, forecast from what has come so far.';

alter table marts.demand_today owner to support_etl_writer;
alter table marts.demand_today_hours owner to support_etl_writer;
grant select on marts.demand_today, marts.demand_today_hours to support_portal_reader;
