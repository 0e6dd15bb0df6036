-- What a new desk starts with; a manager changes it in the portal.

insert into support.categories (slug, name, position) values
('book_order', 'Book order', 1),
('account_issue', 'Account issue', 2),
('technical_support', 'Technical support', 3),
('return_refund', 'Return or refund', 4),
('general_inquiry', 'General inquiry', 5);

insert into support.category_keywords (category, phrase)
select category, unnest(phrases)
from (
    values
    ('book_order', array['order', 'delivery', 'shipping', 'book', 'purchase']),
    ('account_issue', array['login', 'password', 'account', 'access', 'profile']),
    ('technical_support', array['website', 'error', 'bug', 'not working', 'broken']),
    ('return_refund', array['return', 'refund', 'exchange', 'cancel', 'unhappy']),
    ('general_inquiry', array['question', 'information', 'help', 'wondering'])
) as defaults (category, phrases);

insert into support.business_calendars (name, time_zone, is_default) values ('Shop hours', 'Africa/Johannesburg', true);

insert into support.business_windows (calendar_id, weekday, opens_minute, closes_minute)
select calendar.id, weekday.number, 8 * 60, 17 * 60
from support.business_calendars as calendar
cross join generate_series(0, 4) as weekday (number)
union all
select id, 5, 9 * 60, 13 * 60 from support.business_calendars;

insert into support.sla_policies (
    name, position, priority, calendar_id, first_reply_minutes, next_reply_minutes, resolution_minutes
)
select
    policy.name,
    policy.position,
    policy.priority,
    calendar.id,
    policy.first_reply_minutes,
    policy.next_reply_minutes,
    policy.resolution_minutes
from support.business_calendars as calendar
cross join (
    values
    ('Urgent', 1, 'urgent', 30, 60, 240),
    ('High', 2, 'high', 60, 120, 480),
    ('Medium', 3, 'medium', 240, 240, 1080),
    ('Low', 4, 'low', 480, 480, 2700)
) as policy (name, position, priority, first_reply_minutes, next_reply_minutes, resolution_minutes);

insert into support.priority_rules (position, customer_type, urgency, priority, reason) values
(1, null, 'urgent', 'urgent', 'The message says that it cannot wait.'),
(2, 'school', 'high', 'urgent', 'Schools order for whole classes, with a term date.'),
(3, null, 'high', 'high', 'The message asks for a quick answer.'),
(4, 'school', null, 'high', 'Schools order for whole classes, with a term date.'),
(5, 'business', null, 'high', 'Businesses have an account manager and a contract.'),
(6, null, 'low', 'low', 'The message says that it can wait.'),
(7, null, null, 'medium', 'Nothing says otherwise.');

insert into ops.data_version (time_zone) values ('Africa/Johannesburg');
insert into marts.dimension_values (dimension, id, value)
select dimension, 0, null
from unnest(array['category', 'priority', 'channel', 'customer_type', 'agent', 'team', 'sla_policy']) as dimension;

-- The triggers asked for a rebuild because of the rows above; a new database needs none.
delete from ops.rebuild_requests;
