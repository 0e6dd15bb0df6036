-- Tickets with a known category: first those that a person set, then the newest of those that came with an import.
-- Texts are cut to the length that the service takes.
select
    left(subject, 1000) as subject,
    left(content, 20000) as content,
    category,
    category_source = 'person' as is_corrected,
    created_at
from support.support_tickets
where
    category is not null
    and category_source in ('person', 'imported')
    and exclusion is null
order by category_source = 'person' desc, created_at desc, id desc
limit :most
