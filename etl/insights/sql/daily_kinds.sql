-- Tickets created on each day, by channel and by customer type; tickets without one are left out.
select
    cell.start_date,
    named.dimension,
    named.value as named_value,
    sum(cell.created)::integer as ticket_count
from marts.agg_counts_channel_customer_type_day as cell
inner join marts.dimension_values as named
    on
        (named.dimension = 'channel' and cell.channel_id = named.id)
        or (named.dimension = 'customer_type' and cell.customer_type_id = named.id)
where cell.created <> 0 and named.value is not null
group by cell.start_date, named.dimension, named.value
