-- Tickets of the odd days and of the days before them, by category, channel and customer type.
select
    named.dimension,
    coalesce(named.value, '') as named_value,
    count(*) filter (where fact.created_date >= :first_date)::integer as now_count,
    count(*) filter (where fact.created_date < :first_date)::integer as usual_count
from marts.fct_tickets as fact
inner join marts.dimension_values as category on category.dimension = 'category' and fact.category_id = category.id
inner join marts.dimension_values as named
    on
        (named.dimension = 'category' and fact.category_id = named.id)
        or (named.dimension = 'channel' and fact.channel_id = named.id)
        or (named.dimension = 'customer_type' and fact.customer_type_id = named.id)
where
    fact.created_date >= :usual_date
    and fact.created_date < :after_date
    and not fact.is_excluded
    and (:series = '' or category.value = :series)
group by named.dimension, named.value
