-- Tickets that customers have rated, the newest first.
select
    left(subject, 1000) as subject,
    left(content, 20000) as content,
    customer_satisfaction_score as rating
from support.support_tickets
where customer_satisfaction_score is not null and exclusion is null
order by created_at desc, id desc
limit :most
