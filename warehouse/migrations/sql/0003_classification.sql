-- The queue of tickets to classify, the answers and their reasons, and who set a ticket's priority.

alter table support.support_tickets add column priority_source varchar(20) default 'imported' not null;
alter table support.support_tickets add constraint ck_support_tickets_priority_source
check (priority_source in ('default', 'imported', 'person', 'rules', 'model'));
comment on column support.support_tickets.priority_source is
'Who set the priority; default: nobody did, so that the priority rules may.';

update support.support_tickets set priority_source = 'person'
where id in (
    select correction.ticket_id from support.ticket_corrections as correction
    where correction.field = 'priority'
);

alter table support.ticket_predictions
add column rules_version varchar(100),
add column decider varchar(20),
add column is_abstention boolean default false not null,
add column sentiment_score float,
add column content_hash uuid;
comment on column support.ticket_predictions.content_hash is
'Of subject, content and customer type, as they were read.';
comment on table support.ticket_predictions is
'A row for each ticket, text and version; only predicted_at changes, when the same is said again.';
create unique index uq_ticket_predictions_said
on support.ticket_predictions (ticket_id, model_version, rules_version, content_hash);
create index ix_ticket_predictions_abstentions on support.ticket_predictions (ticket_id) where is_abstention;
create index ix_ticket_predictions_predicted_at on support.ticket_predictions (predicted_at);

create table support.ticket_explanations (
    ticket_id bigint not null,
    model_version varchar(100) not null,
    rules_version varchar(100) not null,
    terms jsonb not null,
    explained_at timestamp with time zone default now() not null,
    constraint pk_ticket_explanations primary key (ticket_id),
    constraint fk_ticket_explanations_ticket_id foreign key (ticket_id)
    references support.support_tickets (id) on delete cascade
);
comment on table support.ticket_explanations is
'The words and rules behind the latest prediction, the strongest first.';

create table support.classification_tasks (
    task varchar(10) not null,
    ticket_id bigint not null,
    queued_at timestamp with time zone default now() not null,
    constraint ck_classification_tasks_task check (task in ('classify', 'explain'))
);
comment on table support.classification_tasks is
'Queue of tickets to classify, then to explain; consumed in the transaction that writes the answer.';
create index ix_classification_tasks_task_ticket_id on support.classification_tasks (task, ticket_id);

create table ops.classifier_weeks (
    week_start_date date not null,
    ticket_count integer not null,
    abstention_count integer not null,
    mean_confidence float,
    category_counts jsonb not null,
    stability_index float,
    corrected_count integer not null,
    correct_count integer not null,
    measured_at timestamp with time zone default now() not null,
    constraint pk_classifier_weeks primary key (week_start_date)
);
comment on table ops.classifier_weeks is 'How the classifier''s answers shift, by the week of the tickets'' creation.';
comment on column ops.classifier_weeks.week_start_date is 'Monday, in the reporting zone.';
comment on column ops.classifier_weeks.stability_index is
'Population stability index of predicted categories against the weeks before; null without any.';
comment on column ops.classifier_weeks.corrected_count is 'Tickets whose category a person set that week.';
comment on column ops.classifier_weeks.correct_count is 'Of these, those that the classifier had said the same of.';

create function support.queue_tickets_to_classify() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    if tg_op = 'INSERT' then
        insert into support.classification_tasks (task, ticket_id) select 'classify', id from new_rows;
    else
        -- Only what the classifier reads; what it writes itself queues nothing.
        insert into support.classification_tasks (task, ticket_id)
        select 'classify', new_rows.id
        from new_rows
        inner join old_rows on new_rows.id = old_rows.id
        where (new_rows.subject, new_rows.content, new_rows.customer_type)
            is distinct from (old_rows.subject, old_rows.content, old_rows.customer_type);
    end if;
    return null;
end
$$;

create trigger queue_inserts_to_classify after insert on support.support_tickets
referencing new table as new_rows
for each statement execute function support.queue_tickets_to_classify();

create trigger queue_updates_to_classify after update on support.support_tickets
referencing old table as old_rows new table as new_rows
for each statement execute function support.queue_tickets_to_classify();

create function support.apply_corrections() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    update support.support_tickets as ticket
    set category = correction.new_value, category_source = 'person'
    from new_rows as correction
    where correction.ticket_id = ticket.id and correction.field = 'category';
    update support.support_tickets as ticket
    set priority = correction.new_value, priority_source = 'person'
    from new_rows as correction
    where correction.ticket_id = ticket.id and correction.field = 'priority' and correction.new_value is not null;
    return null;
end
$$;

-- Every correction marks the category or priority as set by a person, whichever program writes the correction.
create trigger apply_corrections after insert on support.ticket_corrections
referencing new table as new_rows
for each statement execute function support.apply_corrections();

create function support.tell_changed_rules() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    perform pg_notify('support_ticket_changes', '');
    return null;
end
$$;

do $$
declare
    changed_table text;
begin
    foreach changed_table in array array['categories', 'category_keywords', 'priority_rules']
    loop
        execute format(
            'create trigger tell_changed_rules after insert or update or delete or truncate on support.%I '
            'for each statement execute function support.tell_changed_rules()', changed_table
        );
    end loop;
end
$$;

insert into support.classification_tasks (task, ticket_id) select 'classify', id from support.support_tickets;

-- The Setswana keywords that a new desk starts with; a manager changes them like the English ones.
insert into support.category_keywords (category, language, phrase)
select defaults.category, 'tn', unnest(defaults.phrases)
from (
    values
    ('book_order', array['odara', 'reka', 'romela', 'thomelo', 'phuthelwana', 'goroga']),
    ('account_issue', array['akhaonto', 'tsena', 'password', 'profaele', 'khoutu', 'lebetse']),
    ('technical_support', array['webosaete', 'ga e bereke', 'ga e bulege', 'ga e dire', 'tsebe']),
    ('return_refund', array['busetsa', 'busa', 'fapaanya', 'khansela', 'madi a me', 'senyegile', 'gagogile']),
    ('general_inquiry', array['potso', 'botsa', 'tshedimosetso', 'ke batla go itse'])
) as defaults (category, phrases)
inner join support.categories on defaults.category = categories.slug
on conflict (category, language, phrase) do nothing;

create or replace view marts.ticket_predictions as
select
    id,
    ticket_id,
    model_version,
    category,
    confidence,
    priority,
    urgency,
    sentiment,
    language,
    reasons,
    predicted_at,
    rules_version,
    decider,
    is_abstention,
    sentiment_score
from support.ticket_predictions;

create view marts.ticket_explanations as
select
    ticket_id,
    model_version,
    rules_version,
    terms,
    explained_at
from support.ticket_explanations;

-- Tickets on which the classifier abstained and that no person has filed yet.
create view marts.classification_reviews as
select
    prediction.ticket_id,
    ticket.created_at,
    ticket.category,
    prediction.confidence,
    prediction.reasons,
    prediction.model_version,
    prediction.predicted_at
from support.ticket_predictions as prediction
inner join support.support_tickets as ticket on prediction.ticket_id = ticket.id
where
    prediction.is_abstention
    and ticket.category_source in ('rules', 'model')
    and ticket.exclusion is null
    and not exists (
        select
        from support.ticket_predictions as later
        where
            later.ticket_id = prediction.ticket_id
            and (later.predicted_at, later.id) > (prediction.predicted_at, prediction.id)
    );

create or replace view marts.ticket_texts as
select
    id as ticket_id,
    customer_email,
    subject,
    content,
    status,
    language,
    category_source,
    exclusion,
    metadata,
    priority_source
from support.support_tickets;

alter table support.ticket_explanations owner to support_owner;
alter table support.classification_tasks owner to support_owner;
alter table ops.classifier_weeks owner to support_owner;
alter function support.queue_tickets_to_classify() owner to support_owner;
alter function support.apply_corrections() owner to support_owner;
alter function support.tell_changed_rules() owner to support_owner;
alter view marts.ticket_explanations owner to support_owner;
alter view marts.classification_reviews owner to support_owner;
grant select, insert, update, delete on support.ticket_explanations, support.classification_tasks, ops.classifier_weeks
to support_etl_writer;
grant select on ops.classifier_weeks, marts.ticket_explanations, marts.classification_reviews
to support_portal_reader;
grant update (priority_source) on support.support_tickets to support_portal_editor;
