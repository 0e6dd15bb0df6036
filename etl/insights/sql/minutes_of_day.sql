-- Most tickets of a day that were made in one minute; null where the times of day are not known.
select max(minute.ticket_count)::integer as same_minute_count
from (
    select count(*) as ticket_count
    from marts.fct_tickets as fact
    inner join support.support_tickets as ticket on fact.ticket_id = ticket.id
    inner join marts.dimension_values as named on named.dimension = 'category' and fact.category_id = named.id
    where
        fact.created_date = :first_date
        and not fact.is_excluded
        and not fact.is_date_only
        and (:series = '' or named.value = :series)
    group by date_trunc('minute', ticket.created_at)
) as minute
