-- Functions of packed histograms; analytics/packed_histograms.py describes their format.

create function marts.histogram_entries(bucket integer, n integer) returns bytea
language sql immutable strict parallel safe
return (
    select
        string_agg(
            int4send(bucket * 32768 + 16384 + sign(n)::integer * least(16383, abs(n) - 16383 * place)), ''
            order by place
        )
    from generate_series(0, (abs(n) - 1) / 16383) as place
);

comment on function marts.histogram_entries is 'The entries of so many in one bucket, however many they are.';

create function marts.histogram_entry(bucket integer, n integer) returns bytea
language sql immutable strict parallel safe
return
case
    when n between -16383 and 16383 then int4send(bucket * 32768 + 16384 + n)
    else marts.histogram_entries(bucket, n)
end;

comment on function marts.histogram_entry is 'So many in one bucket; below zero takes them away.';

create function marts.compact_histogram(packed bytea) returns bytea
language sql immutable parallel safe
return (
    select coalesce(string_agg(marts.histogram_entry(bucket, n), '' order by bucket), '')
    from (
        select
            entry >> 15 as bucket,
            sum((entry & 32767) - 16384)::integer as n
        from (
            select
                (get_byte(packed, place) << 24) | (get_byte(packed, place + 1) << 16)
                | (get_byte(packed, place + 2) << 8) | get_byte(packed, place + 3) as entry
            from generate_series(0, octet_length(packed) - 4, 4) as place
        ) as entries
        group by bucket
    ) as buckets
    where n <> 0
);

comment on function marts.compact_histogram is 'The same histogram with one entry a bucket, in order.';

create function marts.added_histograms(one bytea, other bytea, n integer) returns bytea
language sql immutable parallel safe
return
case
    -- Compacted, the two have no more entries than tickets, nor than there are buckets of timed durations.
    -- From twice that on it is worth its time, and then not again before as many entries have come.
    when octet_length(one) + octet_length(other) > 8 * least(n, 600) + 256
        then marts.compact_histogram(one || other)
    else one || other
end;

comment on function marts.added_histograms is 'Two packed histograms as one, compacted when there is much to gain.';

alter function marts.histogram_entries(integer, integer) owner to support_owner;
alter function marts.histogram_entry(integer, integer) owner to support_owner;
alter function marts.compact_histogram(bytea) owner to support_owner;
alter function marts.added_histograms(bytea, bytea, integer) owner to support_owner;

drop table marts.agg_durations_agent_team_month;
drop table marts.agg_durations_category_priority_month;
drop table marts.agg_durations_channel_customer_type_month;
drop table marts.agg_durations_sla_policy_month;
drop table marts.agg_durations_total_day;
drop table marts.agg_durations_total_month;
drop table marts.agg_durations_total_week;
drop table marts.agg_counts_agent_category_priority_month;

create table marts.agg_durations_agent_team_month (
    duration_id smallint not null,
    start_date date not null,
    agent_id integer not null,
    team_id integer not null,
    n integer not null,
    total bigint not null,
    histogram bytea not null,
    constraint pk_agg_durations_agent_team_month primary key (duration_id, start_date, agent_id, team_id)
);
comment on column marts.agg_durations_agent_team_month.histogram is 'See analytics/packed_histograms.py.';
alter table marts.agg_durations_agent_team_month owner to support_etl_writer;
grant select on marts.agg_durations_agent_team_month to support_portal_reader;

create table marts.agg_durations_all_month (
    duration_id smallint not null,
    start_date date not null,
    category_id integer not null,
    priority_id integer not null,
    channel_id integer not null,
    customer_type_id integer not null,
    agent_id integer not null,
    team_id integer not null,
    sla_policy_id integer not null,
    n integer not null,
    total bigint not null,
    histogram bytea not null,
    constraint pk_agg_durations_all_month primary key (
        duration_id,
        start_date,
        category_id,
        priority_id,
        channel_id,
        customer_type_id,
        agent_id,
        team_id,
        sla_policy_id
    )
);
comment on column marts.agg_durations_all_month.histogram is 'See analytics/packed_histograms.py.';
alter table marts.agg_durations_all_month owner to support_etl_writer;
grant select on marts.agg_durations_all_month to support_portal_reader;

create table marts.agg_durations_category_priority_month (
    duration_id smallint not null,
    start_date date not null,
    category_id integer not null,
    priority_id integer not null,
    n integer not null,
    total bigint not null,
    histogram bytea not null,
    constraint pk_agg_durations_category_priority_month primary key (
        duration_id,
        start_date,
        category_id,
        priority_id
    )
);
comment on column marts.agg_durations_category_priority_month.histogram is 'See analytics/packed_histograms.py.';
alter table marts.agg_durations_category_priority_month owner to support_etl_writer;
grant select on marts.agg_durations_category_priority_month to support_portal_reader;

create table marts.agg_durations_channel_customer_type_month (
    duration_id smallint not null,
    start_date date not null,
    channel_id integer not null,
    customer_type_id integer not null,
    n integer not null,
    total bigint not null,
    histogram bytea not null,
    constraint pk_agg_durations_channel_customer_type_month primary key (
        duration_id,
        start_date,
        channel_id,
        customer_type_id
    )
);
comment on column marts.agg_durations_channel_customer_type_month.histogram is 'See analytics/packed_histograms.py.';
alter table marts.agg_durations_channel_customer_type_month owner to support_etl_writer;
grant select on marts.agg_durations_channel_customer_type_month to support_portal_reader;

create table marts.agg_durations_total_day (
    duration_id smallint not null,
    start_date date not null,
    n integer not null,
    total bigint not null,
    histogram bytea not null,
    constraint pk_agg_durations_total_day primary key (duration_id, start_date)
);
comment on column marts.agg_durations_total_day.histogram is 'See analytics/packed_histograms.py.';
alter table marts.agg_durations_total_day owner to support_etl_writer;
grant select on marts.agg_durations_total_day to support_portal_reader;

create table marts.agg_durations_total_month (
    duration_id smallint not null,
    start_date date not null,
    n integer not null,
    total bigint not null,
    histogram bytea not null,
    constraint pk_agg_durations_total_month primary key (duration_id, start_date)
);
comment on column marts.agg_durations_total_month.histogram is 'See analytics/packed_histograms.py.';
alter table marts.agg_durations_total_month owner to support_etl_writer;
grant select on marts.agg_durations_total_month to support_portal_reader;

create table marts.agg_counts_all_month (
    start_date date not null,
    category_id integer not null,
    priority_id integer not null,
    channel_id integer not null,
    customer_type_id integer not null,
    agent_id integer not null,
    team_id integer not null,
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
    constraint pk_agg_counts_all_month primary key (
        start_date,
        category_id,
        priority_id,
        channel_id,
        customer_type_id,
        agent_id,
        team_id,
        sla_policy_id
    )
);
alter table marts.agg_counts_all_month owner to support_etl_writer;
grant select on marts.agg_counts_all_month to support_portal_reader;
