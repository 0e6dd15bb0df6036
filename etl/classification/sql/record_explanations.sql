-- One row for each ticket: the reasons behind its latest answer.
insert into support.ticket_explanations as present (ticket_id, model_version, rules_version, terms, explained_at)
select
    ticket.id,
    explained.model_version,
    explained.rules_version,
    explained.terms,
    clock_timestamp()
from explanations as explained
inner join support.support_tickets as ticket on explained.ticket_id = ticket.id
order by ticket.id
for key share of ticket
on conflict (ticket_id) do update set
    model_version = excluded.model_version,
    rules_version = excluded.rules_version,
    terms = excluded.terms,
    explained_at = excluded.explained_at
