-- In which statuses each target's clock stands still. By default the clock of a resolution waits for the customer and
-- for third parties; those of replies never wait.

alter table support.sla_policies
add column first_reply_pauses text[] default '{}' not null,
add column next_reply_pauses text[] default '{}' not null,
add column resolution_pauses text[] default '{pending,on_hold}' not null,
add constraint ck_sla_policies_first_reply_pauses check (
    first_reply_pauses <@ array['new', 'open', 'pending', 'on_hold', 'resolved', 'closed']
),
add constraint ck_sla_policies_next_reply_pauses check (
    next_reply_pauses <@ array['new', 'open', 'pending', 'on_hold', 'resolved', 'closed']
),
add constraint ck_sla_policies_resolution_pauses check (
    resolution_pauses <@ array['new', 'open', 'pending', 'on_hold', 'resolved', 'closed']
);
comment on column support.sla_policies.first_reply_pauses is
'Statuses in which the clock stands still; so for the two below.';

-- Public holidays are kept in the calendars. The first job after this enters those of the desk's country.
alter table support.business_calendars
add column countries text[],
add column first_holiday_year smallint,
add column last_holiday_year smallint;
comment on column support.business_calendars.countries is 'Whose public holidays it follows; null: not chosen yet.';
comment on column support.business_calendars.first_holiday_year is
'The holidays of this year to the last are entered.';
alter table support.business_exceptions add column country varchar(2);
comment on column support.business_exceptions.country is 'Whose public holiday it is; null: entered by hand.';

-- Teams may have business hours of their own.
create table support.teams (
    team varchar(100) not null,
    calendar_id bigint not null,
    constraint pk_teams primary key (team),
    constraint fk_teams_calendar_id foreign key (calendar_id)
    references support.business_calendars (id) on delete cascade
);
comment on table support.teams is
'Teams with business hours of their own; the policy''s calendar goes before the team''s.';
alter table support.teams owner to support_owner;
grant select, insert, update, delete on support.teams to support_etl_writer;
create trigger request_rebuild after insert or update or delete or truncate on support.teams
for each statement execute function support.request_rebuild();

create table marts.sla_pauses (
    sla_policy_id integer not null,
    status varchar(50) not null,
    is_first_reply boolean not null,
    is_next_reply boolean not null,
    is_resolution boolean not null,
    is_net boolean not null,
    constraint pk_sla_pauses primary key (sla_policy_id, status)
);
comment on table marts.sla_pauses is
'The statuses in which the clocks of a policy stand still; policy 0 is no policy.';
comment on column marts.sla_pauses.is_net is 'Left out of net resolution times.';
alter table marts.sla_pauses owner to support_etl_writer;
grant select on marts.sla_pauses to support_portal_reader;

-- Due times are exact to the microsecond, as pauses are.
create function marts.due_after(calendar bigint, start_at timestamptz, open_us bigint) returns timestamptz
language plpgsql stable parallel safe
as $$
declare
    wanted bigint;
    day marts.business_days;
    low integer := 0;
    high integer := 1439;
    middle integer;
begin
    if calendar is null then
        return start_at + open_us * interval '1 microsecond';
    end if;
    select * into day from marts.business_days
    where calendar_id = calendar and utc_day = marts.utc_day(marts.microseconds(start_at));
    wanted := open_us
        + marts.open_microseconds(day.open_seconds_before, day.open_minutes, marts.microseconds(start_at));
    select * into day from marts.business_days
    where calendar_id = calendar and open_seconds_before < ceil(wanted / 1000000.0)::bigint
    order by open_seconds_before desc, utc_day desc limit 1;
    wanted := wanted - 1000000 * day.open_seconds_before;
    if 60000000 * bit_count(day.open_minutes) < wanted then
        return null;
    end if;
    -- The minute in whose course the open time is reached.
    while low < high loop
        middle := (low + high) / 2;
        if 60000000 * bit_count(substring(day.open_minutes from 1 for middle + 1)) >= wanted then
            high := middle;
        else
            low := middle + 1;
        end if;
    end loop;
    return to_timestamp(day.utc_day * 86400.0 + low * 60)
        + (wanted - 60000000 * bit_count(substring(day.open_minutes from 1 for low))) * interval '1 microsecond';
end
$$;
comment on function marts.due_after is
'First instant by which that many open microseconds have passed; null beyond the days worked out.';
alter function marts.due_after(bigint, timestamptz, bigint) owner to support_owner;
drop function marts.due_at(bigint, timestamptz, integer);

create function marts.is_open(calendar bigint, instant bigint) returns boolean
language sql stable parallel safe
as $$
select coalesce(
    (
        select get_bit(day.open_minutes, (instant % 86400000000 / 60000000)::integer) = 1
        from marts.business_days as day
        where day.calendar_id = calendar and day.utc_day = marts.utc_day(instant)
    ),
    false
);
$$;
comment on function marts.is_open is 'Whether a calendar is open in the microsecond that begins at an instant.';
alter function marts.is_open(bigint, bigint) owner to support_owner;

create function marts.open_between(calendar bigint, start_at timestamptz, end_at timestamptz) returns bigint
language sql stable parallel safe
as $$
select
case
    when calendar is null then marts.microseconds(end_at) - marts.microseconds(start_at)
    else (
        select
            marts.open_microseconds(ended.open_seconds_before, ended.open_minutes, marts.microseconds(end_at))
            - marts.open_microseconds(begun.open_seconds_before, begun.open_minutes, marts.microseconds(start_at))
        from marts.business_days as begun
        cross join marts.business_days as ended
        where
            begun.calendar_id = calendar
            and begun.utc_day = marts.utc_day(marts.microseconds(start_at))
            and ended.calendar_id = calendar
            and ended.utc_day = marts.utc_day(marts.microseconds(end_at))
    )
end;
$$;
comment on function marts.open_between is
'Open microseconds between two instants; without a calendar every one counts.';
alter function marts.open_between(bigint, timestamptz, timestamptz) owner to support_owner;

-- Dated exceptions of the calendars, for the pages that say what moved a due time.
create view marts.calendar_exceptions as
select
    exceptional.calendar_id,
    calendar.time_zone,
    exceptional.on_date,
    exceptional.name,
    exceptional.opens_minute is null as is_closed,
    exists(
        select from support.business_windows as usual
        where
            usual.calendar_id = exceptional.calendar_id
            and usual.weekday = extract(isodow from exceptional.on_date) - 1
            and (usual.valid_from_date is null or usual.valid_from_date <= exceptional.on_date)
            and (usual.valid_until_date is null or usual.valid_until_date > exceptional.on_date)
    ) as is_usually_open
from support.business_exceptions as exceptional
inner join support.business_calendars as calendar on exceptional.calendar_id = calendar.id;
alter view marts.calendar_exceptions owner to support_owner;
grant select on marts.calendar_exceptions to support_portal_reader;

-- The next refresh makes facts and rollups anew; until then they hold what they held.
alter table marts.fct_tickets
add column needs_no_answer boolean default false not null,
add column source_sla_met boolean,
add column resolution_last_calendar_seconds integer,
add column first_reply_last_calendar_seconds integer,
add column first_reply_after_handover_seconds integer,
add column net_resolution_seconds integer,
add column net_resolution_business_seconds integer,
add column resolution_paused_us bigint,
add column resolution_pause_until_due_us bigint,
add column first_reply_pause_until_due_us bigint,
add column clock_starts_at timestamp with time zone,
add column first_reply_sla_policy_id integer default 0 not null,
add column first_reply_paused_us bigint,
add column next_reply_sla smallint,
add column sla_met_count smallint default 0 not null,
add column sla_missed_count smallint default 0 not null,
add column sla_running_count smallint default 0 not null,
add column sla_ended_unanswered_count smallint default 0 not null,
add column sla_ended_date date,
add column sla_ended_hour smallint;
alter table marts.fct_tickets
alter column needs_no_answer drop default,
alter column first_reply_sla_policy_id drop default,
alter column sla_met_count drop default,
alter column sla_missed_count drop default,
alter column sla_running_count drop default,
alter column sla_ended_unanswered_count drop default;
create index ix_fct_tickets_sla_ended_date on marts.fct_tickets (sla_ended_date);

do $$
declare
    rollup text;
    counter text;
begin
    for rollup in
        select table_name from information_schema.tables
        where table_schema = 'marts' and table_name like 'agg\_counts\_%'
    loop
        execute format('alter table marts.%I drop column sla_first_reply_missed', rollup);
        foreach counter in array array[
            'sla_started_met', 'sla_started_missed', 'sla_started_ended_unanswered', 'sla_started_unfinished',
            'no_answer_needed', 'sla_first_reply_late', 'sla_first_reply_never', 'no_answer_needed_resolved',
            'ended_unanswered', 'sla_tickets_judged', 'sla_tickets_met',
            'sla_tickets_missed', 'judged_excluded', 'sla_source_judged', 'sla_source_met', 'sla_met_by_both',
            'sla_missed_by_both', 'sla_missed_here_only', 'sla_missed_there_only'
        ]
        loop
            execute format('alter table marts.%I add column %I integer default 0 not null', rollup, counter);
            execute format('alter table marts.%I alter column %I drop default', rollup, counter);
        end loop;
    end loop;
end
$$;

comment on column marts.fct_tickets.net_resolution_seconds is 'Without pauses; null without a status history.';
comment on column marts.fct_tickets.resolution_paused_us is
'Microseconds; of business time if the policy counts it.';
comment on column marts.fct_tickets.resolution_due_at is 'Of a running target; null while its clock stands still.';
comment on column marts.fct_tickets.clock_starts_at is 'Of the first reply.';
comment on column marts.fct_tickets.first_reply_sla_policy_id is 'The policy that decided.';
comment on column marts.fct_tickets.next_reply_sla is '3 while the customer waits.';
comment on column marts.fct_tickets.sla_met_count is 'Targets of all kinds.';
comment on column marts.fct_tickets.sla_ended_date is
'When the last target ended; null if none was met or missed.';
comment on column marts.fct_ticket_events.kind is
'1 solved, 2, 3 reopened (automatically), 4 next reply, 5 one that never came.';
comment on column marts.fct_ticket_events.place is 'Their order; the next replies of both kinds share one.';
comment on column marts.fct_tickets.resolution_last_calendar_seconds is
'By the last calendar for the whole life; null if the calendar never changed.';
comment on column marts.fct_tickets.first_reply_after_handover_seconds is 'Since a bot handed the ticket over.';
comment on column marts.fct_tickets.source_sla_met is 'The source''s own verdict.';
comment on column marts.fct_tickets.resolution_pause_until_due_us is
'Pauses begun before it was due; null is all.';
