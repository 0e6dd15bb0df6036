-- Business time over marts.business_days: two look-ups and a difference; no loop over days.

create function marts.open_microseconds(seconds_before bigint, open_minutes bit, instant timestamptz) returns bigint
language sql immutable parallel safe
return
1000000 * seconds_before
+ 60000000 * bit_count(
    substring(open_minutes from 1 for (floor(date_part('epoch', (instant at time zone 'UTC')::time) / 60))::integer)
)
+ get_bit(open_minutes, floor(date_part('epoch', (instant at time zone 'UTC')::time) / 60)::integer)
* (1000000 * date_part('second', instant))::bigint;

comment on function marts.open_microseconds is
'Open time from the first day of the calendar to an instant, given the row of the instant''s UTC day.';

create function marts.due_at(calendar bigint, start_at timestamptz, open_seconds integer) returns timestamptz
language plpgsql stable parallel safe
as $$
declare
    wanted_microseconds bigint;
    day marts.business_days;
    low integer := 0;
    high integer := 1439;
    middle integer;
begin
    if calendar is null then
        return start_at + make_interval(secs => open_seconds);
    end if;
    select * into day from marts.business_days
    where calendar_id = calendar and utc_date = (start_at at time zone 'UTC')::date;
    wanted_microseconds := 1000000 * open_seconds::bigint
        + marts.open_microseconds(day.open_seconds_before, day.open_minutes, start_at);
    select * into day from marts.business_days
    where calendar_id = calendar and open_seconds_before < ceil(wanted_microseconds / 1000000.0)::bigint
    order by open_seconds_before desc, utc_date desc limit 1;
    wanted_microseconds := wanted_microseconds - 1000000 * day.open_seconds_before;
    -- The minute in whose course the open time is reached.
    if 60000000 * bit_count(day.open_minutes) < wanted_microseconds then
        return null;
    end if;
    while low < high loop
        middle := (low + high) / 2;
        if 60000000 * bit_count(substring(day.open_minutes from 1 for middle + 1)) >= wanted_microseconds then
            high := middle;
        else
            low := middle + 1;
        end if;
    end loop;
    return (day.utc_date::timestamp at time zone 'UTC') + low * interval '1 minute'
        + (wanted_microseconds - 60000000 * bit_count(substring(day.open_minutes from 1 for low)))
        * interval '1 microsecond';
end
$$;

comment on function marts.due_at is
'First instant by which that many open seconds have passed; null beyond the days worked out.';
