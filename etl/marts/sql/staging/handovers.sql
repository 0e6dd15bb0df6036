-- When a bot handed a ticket over to people: as it is recorded, else when somebody was first put in charge after the
-- bot's first words.
select
    contacts.ticket_id,
    coalesce(min(contacts.handed_over_at), min(spans.from_at)) as handed_over_at
from ticket_contacts as contacts
left join field_spans as spans
    on
        contacts.ticket_id = spans.ticket_id
        and spans.field in ('assigned_agent', 'team')
        and spans.value is not null
        and contacts.bot_spoke_at <= spans.from_at
where contacts.bot_spoke_at is not null or contacts.handed_over_at is not null
group by contacts.ticket_id
