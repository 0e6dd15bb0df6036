create table marts.volume_surges (
    dimension varchar(20) not null,
    value varchar(255) not null,
    start_date date not null,
    last_date date not null,
    ticket_count integer not null,
    expected float not null,
    low float not null,
    high float not null,
    usual float not null,
    is_seasonal boolean not null,
    p_value float not null,
    q_value float not null,
    constraint pk_volume_surges primary key (dimension, value)
);
comment on table marts.volume_surges is
'More tickets than were to be expected, from some day of the last four weeks until the last complete day.';
comment on column marts.volume_surges.dimension is 'Empty: all tickets.';
comment on column marts.volume_surges.low is 'Lower end of the 95 % range of what was to be expected.';
comment on column marts.volume_surges.high is 'Its upper end.';
comment on column marts.volume_surges.usual is 'Tickets expected without the time of the year.';
comment on column marts.volume_surges.is_seasonal is 'Whether the time of the year explains it.';
comment on column marts.volume_surges.q_value is 'Adjusted for all that was looked at.';

alter table marts.volume_surges owner to support_etl_writer;
grant select on marts.volume_surges to support_portal_reader;
