-- Tickets of a number of days up to the newest forecast's last known day, and the tickets that it expects in as many
-- days after. The last ticket may be some quiet days older than that day.
with chosen as (
    select
        series_key,
        cutoff_date,
        model_name
    from marts.demand_series
    where series_key = :total_series and model_name <> ''
),

before as (
    select sum(counts.created) as tickets
    from marts.agg_counts_total_day as counts
    cross join chosen
    where
        counts.start_date > chosen.cutoff_date - cast(:days as integer)
        and counts.start_date <= chosen.cutoff_date
)

select
    max(chosen.cutoff_date) as cutoff_date,
    count(*)::integer as day_count,
    sum(forecast.expected) as expected,
    sum(forecast.q025) as low,
    sum(forecast.q975) as high,
    max(before.tickets)::integer as before
from marts.demand_forecasts as forecast
inner join chosen
    on
        forecast.series_key = chosen.series_key
        and forecast.cutoff_date = chosen.cutoff_date
        and forecast.model_name = chosen.model_name
cross join before
where forecast.ds > chosen.cutoff_date and forecast.ds <= chosen.cutoff_date + cast(:days as integer)
