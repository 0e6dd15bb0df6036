-- Of some categories those that a person or an import gave to enough tickets with different texts. Numbers and
-- punctuation make no other text.
select category
from support.support_tickets
where
    category = any(:categories)
    and category_source in ('person', 'imported')
    and exclusion is null
    and (subject ~ '\w' or content ~ '\w')
group by category
having count(distinct regexp_replace(lower(left(subject || ' ' || content, 1000)), '[^[:alpha:]]+', ' ', 'g')) >= :least
order by category
