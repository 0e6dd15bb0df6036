-- How many tickets the desk has.
select count(*) as tickets
from support.support_tickets
