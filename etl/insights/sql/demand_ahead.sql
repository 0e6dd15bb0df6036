-- Tickets of a number of past days, and the tickets that the newest forecast expects in as many days ahead.
with chosen as (
    select
        series_key,
        cutoff_date,
        model_name
    from marts.demand_series
    where series_key = :total_series and model_name <> ''
),

before as (
    select sum(created) as tickets
    from marts.agg_counts_total_day
    where start_date > cast(:last as date) - cast(:days as integer) and start_date <= :last
)

select
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
where forecast.ds > :last and forecast.ds <= cast(:last as date) + cast(:days as integer)
