-- Tickets created on each day, by category.
select
    cell.start_date,
    coalesce(named.value, '') as category,
    sum(cell.created)::integer as ticket_count
from marts.agg_counts_category_priority_day as cell
inner join marts.dimension_values as named on named.dimension = 'category' and cell.category_id = named.id
where cell.created <> 0
group by cell.start_date, named.value
