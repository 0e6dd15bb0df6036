-- The categories that a person or an import gave to enough tickets with a text.
select category
from support.support_tickets
where
    category is not null
    and category_source in ('person', 'imported')
    and exclusion is null
    and (subject ~ '\w' or content ~ '\w')
group by category
having count(*) >= :least
order by category
