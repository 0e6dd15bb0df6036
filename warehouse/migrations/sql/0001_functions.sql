-- Business time is computed from marts.business_days: two look-ups and a difference, no loop over days.
-- Instants are whole microseconds since 1970, because integer arithmetic is fast and exact.

create function marts.microseconds(instant timestamptz) returns bigint
language sql stable parallel safe
return (1000000 * date_part('epoch', instant))::bigint;

create function marts.utc_day(microseconds bigint) returns integer
language sql immutable parallel safe
return (microseconds / 86400000000)::integer;

create function marts.open_microseconds(seconds_before bigint, open_minutes bit, instant bigint) returns bigint
language sql immutable parallel safe
return
1000000 * seconds_before
+ 60000000 * bit_count(substring(open_minutes from 1 for (instant % 86400000000 / 60000000)::integer))
+ get_bit(open_minutes, (instant % 86400000000 / 60000000)::integer) * (instant % 60000000);

comment on function marts.open_microseconds is
'Open time from the first day of the calendar to an instant, given the row of the instant''s UTC day.';

create function marts.due_at(calendar bigint, start_at timestamptz, open_seconds integer) returns timestamptz
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
        return start_at + make_interval(secs => open_seconds);
    end if;
    select * into day from marts.business_days
    where calendar_id = calendar and utc_day = marts.utc_day(marts.microseconds(start_at));
    wanted := 1000000 * open_seconds::bigint
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

comment on function marts.due_at is
'First instant by which that many open seconds have passed; null beyond the days worked out.';
