-- Who saw to a customer whose last message nobody had answered in writing, and how.
create table support.follow_ups (
    ticket_id bigint not null,
    message_at timestamp with time zone not null,
    how varchar(20) not null,
    actor varchar(100) not null,
    marked_at timestamp with time zone default now() not null,
    constraint pk_follow_ups primary key (ticket_id, message_at),
    constraint ck_follow_ups_how check (how in ('phone', 'dismissed')),
    constraint fk_follow_ups_ticket_id_support_tickets foreign key (
        ticket_id
    ) references support.support_tickets (id) on delete cascade
);
comment on table support.follow_ups is
'A message that nobody answered in writing and that is done with; a later message of the customer is not.';
comment on column support.follow_ups.message_at is 'When the customer had said it.';

grant select, insert, update, delete on support.follow_ups to support_portal_editor;
grant select on support.follow_ups to support_owner;

create view marts.follow_ups as
select
    ticket_id,
    message_at,
    how,
    actor,
    marked_at
from support.follow_ups;

alter view marts.follow_ups owner to support_owner;
grant select on marts.follow_ups to support_portal_reader;

-- Whether a ticket without messages really had none: the desk keeps messages, and each of its sources has brought some.
create view marts.message_coverage as
select
    exists (select from support.customer_interactions)
    and not exists (
        select from raw.imports as files
        where
            files.kind = 'tickets'
            and files.undone_at is null
            and not exists (
                select from raw.imports as brought
                where
                    brought.source = files.source
                    and brought.kind = 'interactions'
                    and brought.undone_at is null
            )
    ) as is_complete;

alter view marts.message_coverage owner to support_owner;
grant select on marts.message_coverage to support_portal_reader;
