-- The classifier's latest answers for each week's tickets, by category.
select
    date_trunc('week', ticket.created_at at time zone :time_zone)::date as week_start_date,
    latest.category,
    count(*)::integer as ticket_count,
    count(*) filter (where latest.is_abstention)::integer as abstention_count,
    sum(latest.confidence) as confidence_sum
from (
    select distinct on (ticket_id)
        ticket_id,
        category,
        is_abstention,
        confidence
    from support.ticket_predictions
    order by ticket_id asc, predicted_at desc, id desc
) as latest
inner join support.support_tickets as ticket on latest.ticket_id = ticket.id
where ticket.exclusion is null
group by week_start_date, latest.category
order by week_start_date, latest.category
