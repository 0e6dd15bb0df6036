-- The categories of a new desk are those of its own tickets. The shop's five are a template, which lies beside the
-- program. A desk that has tickets, or whose rules somebody has changed, keeps what it has.
delete from support.categories
where
    slug in ('book_order', 'account_issue', 'technical_support', 'return_refund', 'general_inquiry')
    and not exists (select from support.support_tickets)
    and not exists (
        select
        from support.audit_log
        where replace(audit_log.action, ' ', '_') = 'change_rules'
    );

create table support.classifier_settings (
    is_only boolean default true not null,
    abstention_threshold float,
    languages text[] default '{en,tn}' not null,
    wanted_template varchar(50),
    constraint pk_classifier_settings primary key (is_only),
    constraint ck_classifier_settings_is_only check (is_only),
    constraint ck_classifier_settings_abstention_threshold check (abstention_threshold between 0 and 1)
);
comment on table support.classifier_settings is 'One row: what managers set of the classifier as a whole.';
comment on column support.classifier_settings.abstention_threshold is 'Null: the threshold of the model.';
comment on column support.classifier_settings.languages is 'Languages that are told apart.';
comment on column support.classifier_settings.wanted_template is
'Template whose categories a manager wants; the next publish_rules adds them, and empties this.';
insert into support.classifier_settings default values;

create trigger tell_changed_rules after update on support.classifier_settings
for each statement execute function support.tell_changed_rules();

create table ops.classifier_models (
    version varchar(100) not null,
    trained_at timestamp with time zone not null,
    training_count integer not null,
    held_out_count integer not null,
    abstention_threshold float not null,
    labelled_categories text[] not null,
    thresholds jsonb not null,
    is_promoted boolean not null,
    constraint pk_classifier_models primary key (version)
);
comment on table ops.classifier_models is 'The models that were trained on the desk''s own tickets.';
comment on column ops.classifier_models.labelled_categories is
'The categories that had enough labelled tickets to be learnt when it was trained.';
comment on column ops.classifier_models.thresholds is
'What each abstention threshold would do with the held-out tickets, as in the model card.';

create view marts.classifier_settings as
select
    abstention_threshold,
    languages,
    wanted_template
from support.classifier_settings;

-- Tickets on which the classifier abstained and that nobody has filed. Such a ticket has no category.
create or replace view marts.classification_reviews as
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
    and (
        ticket.category_source in ('rules', 'model')
        or (ticket.category_source = 'imported' and ticket.category is null)
    )
    and ticket.exclusion is null
    and not exists (
        select
        from support.ticket_predictions as later
        where
            later.ticket_id = prediction.ticket_id
            and (later.predicted_at, later.id) > (prediction.predicted_at, prediction.id)
    );

alter table support.classifier_settings owner to support_owner;
alter table ops.classifier_models owner to support_owner;
alter view marts.classifier_settings owner to support_owner;
grant select, insert, update, delete on support.classifier_settings, ops.classifier_models to support_etl_writer;
grant select, update on support.classifier_settings to support_portal_editor;
grant select on ops.classifier_models, marts.classifier_settings to support_portal_reader;
