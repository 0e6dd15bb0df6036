-- What no source and no person said is not known: no priority, no channel.

alter table support.support_tickets
alter column priority drop not null,
alter column priority drop default,
alter column channel drop not null,
alter column channel drop default;
comment on column support.support_tickets.priority is 'Null is not known.';
comment on column support.support_tickets.channel is 'Null is not known.';

-- Nobody had set these priorities: no import, no person and no rule.
update support.support_tickets set priority = null
where priority_source = 'default';
update support.support_tickets as ticket
set priority = null, priority_source = 'default'
where
    priority_source in ('rules', 'model')
    and (
        select prediction.reasons ->> 'priority'
        from support.ticket_predictions as prediction
        where prediction.ticket_id = ticket.id
        order by prediction.predicted_at desc, prediction.id desc
        limit 1
    ) = '';

comment on column marts.sla_policy_choices.priority is 'Empty: not set; so for the two below.';
comment on column marts.sla_policy_choices.customer_type is null;
