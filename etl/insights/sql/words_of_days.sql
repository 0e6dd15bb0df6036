-- Words in the tickets of the odd days and of the days before, with the number of tickets for each word.
-- Only plain words used by several customers: no addresses, no numbers, no names of a single person.
with chosen as (
    select
        ticket.id,
        ticket.customer_email,
        fact.created_date >= :first_date as is_now,
        lower(ticket.subject || ' ' || left(ticket.content, 1000)) as text
    from marts.fct_tickets as fact
    inner join support.support_tickets as ticket on fact.ticket_id = ticket.id
    inner join marts.dimension_values as named on named.dimension = 'category' and fact.category_id = named.id
    where
        fact.created_date >= :usual_date
        and fact.created_date < :after_date
        and not fact.is_excluded
        and (:series = '' or named.value = :series)
    order by fact.created_date desc, fact.ticket_id desc
    limit 5000
),

sizes as (
    select
        count(*) filter (where is_now)::integer as now_tickets,
        count(*) filter (where not is_now)::integer as usual_tickets
    from chosen
),

used as (
    select distinct
        chosen.id,
        chosen.customer_email,
        chosen.is_now,
        word.parts[1] as word
    from chosen
    cross join lateral regexp_matches(chosen.text, '(?<![[:alnum:]@._-])([[:alpha:]]{4,24})(?![[:alnum:]@_-])', 'g')
        as word (parts)
)

select
    used.word,
    sizes.now_tickets,
    sizes.usual_tickets,
    count(*) filter (where used.is_now)::integer as now_count,
    count(*) filter (where not used.is_now)::integer as usual_count
from used
cross join sizes
group by used.word, sizes.now_tickets, sizes.usual_tickets
having count(distinct used.customer_email) filter (where used.is_now) >= 3
