-- Times of the year are known by their dates or by a name; the job finds them again the next night.
delete from marts.seasonal_lifts;
alter table marts.seasonal_lifts drop constraint pk_seasonal_lifts;
alter table marts.seasonal_lifts drop column start_half;
alter table marts.seasonal_lifts drop column half_count;
alter table marts.seasonal_lifts add column period varchar(320) not null;
alter table marts.seasonal_lifts add column spans jsonb not null;
alter table marts.seasonal_lifts add constraint pk_seasonal_lifts primary key (category, period);
comment on column marts.seasonal_lifts.period is
'Its first and last month and day, as 01-16..02-15, or the slug of a time that moves through the year.';
comment on column marts.seasonal_lifts.spans is
'First and last day of each time it comes, in the data and in the years after.';

alter table marts.volume_anomalies add column is_bulk boolean not null default false;
alter table marts.volume_anomalies add column same_minute_count integer;
comment on column marts.volume_anomalies.is_bulk is
'Far more tickets on one day than any model of days explains; seasons and expectations leave it out.';
comment on column marts.volume_anomalies.same_minute_count is
'Of a bulk day: most tickets made in one minute; null: the times of day are not known.';

-- Whose public holidays a calendar follows may have been chosen by a person, or follow from something else.
alter table support.business_calendars add column countries_source varchar(10);
comment on column support.business_calendars.countries_source is
'What the countries follow from: desk, setting, zone or import; null: chosen before this was noted.';

-- A desk may follow a subdivision, or several countries.
alter table marts.demand_series alter column country type varchar(100);
