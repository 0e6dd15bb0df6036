-- For each week: tickets whose category a person set, and how many of them the classifier had classified alike.
select
    date_trunc('week', corrected.corrected_at at time zone :time_zone)::date as week_start_date,
    count(*)::integer as corrected_count,
    count(*) filter (where said.category = corrected.new_value and not said.is_abstention)::integer as correct_count
from (
    select distinct on (ticket_id)
        ticket_id,
        new_value,
        corrected_at
    from support.ticket_corrections
    where field = 'category' and new_value is not null
    order by ticket_id asc, corrected_at desc, id desc
) as corrected
inner join lateral (
    select
        prediction.category,
        prediction.is_abstention
    from support.ticket_predictions as prediction
    where prediction.ticket_id = corrected.ticket_id and prediction.predicted_at <= corrected.corrected_at
    order by prediction.predicted_at desc, prediction.id desc
    limit 1
) as said on true
group by week_start_date
