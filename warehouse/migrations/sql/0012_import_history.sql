-- What an import leaves behind so that it can be recognised and taken back, and records of other kinds than tickets.

alter table raw.imports
add column kind varchar(20) default 'tickets' not null,
add column file_size bigint,
add column keeps_replaced boolean default false not null,
add column undone_at timestamp with time zone;
create index ix_imports_file_sha256 on raw.imports (file_sha256);
comment on column raw.imports.kind is 'What its rows are: tickets, customers, agents ...';
comment on column raw.imports.file_size is 'Bytes; a file of another size is another file.';
comment on column raw.imports.keeps_replaced is
'Whether what it replaced is still kept, so that it can be taken back.';
comment on column raw.imports.undone_at is 'When it was taken back.';

alter table raw.records
add column kind varchar(20) default 'tickets' not null,
add column row_id bigint,
alter column ticket_id drop not null,
drop constraint pk_records,
add constraint pk_records primary key (source, external_id, kind);
comment on column raw.records.ticket_id is 'The ticket it is or belongs to; null for customers and agents.';
comment on column raw.records.row_id is 'The row it made; null for tickets, customers and agents.';

alter table raw.superseded_records add column kind varchar(20) default 'tickets' not null;

alter table raw.quarantined_records
add column kind varchar(20) default 'tickets' not null,
add column released_by_import_id bigint;
comment on column raw.quarantined_records.released_by_import_id is 'The import that brought the record in.';

create table raw.replaced_records (
    import_id bigint not null,
    kind varchar(20) not null,
    source varchar(100) not null,
    external_id text not null,
    earlier_import_id bigint not null,
    earlier_line_number bigint not null,
    earlier_payload_hash bytea not null,
    earlier_received_at timestamp with time zone not null,
    constraint pk_replaced_records primary key (import_id, kind, source, external_id)
);
comment on table raw.replaced_records is
'What stood in raw.records before an import changed it; an earlier payload that differs is in raw.superseded_records.';
alter table raw.replaced_records owner to support_owner;

create table raw.desk_changes (
    import_id bigint not null,
    table_name varchar(63) not null,
    row_key text not null,
    changes jsonb not null,
    constraint pk_desk_changes primary key (import_id, table_name, row_key)
);
comment on table raw.desk_changes is 'What an import changed in rows that were there before it.';
comment on column raw.desk_changes.changes is 'Column -> [value before, value after].';
alter table raw.desk_changes owner to support_owner;

create table raw.import_overlaps (
    import_id bigint not null,
    earlier_import_id bigint not null,
    record_count bigint not null,
    constraint pk_import_overlaps primary key (import_id, earlier_import_id)
);
comment on table raw.import_overlaps is
'How many records of an earlier import a later one changed, repeated or let in.';
alter table raw.import_overlaps owner to support_owner;

grant select, insert, update, delete on raw.replaced_records, raw.desk_changes, raw.import_overlaps
to support_etl_writer;

alter table support.customers
add column organisation varchar(200),
add column added_by_import_id bigint;
comment on column support.customers.added_by_import_id is
'The import that named the customer first; null: no import.';

alter table support.agents
add column email varchar(255),
add column added_by_import_id bigint;
comment on column support.agents.added_by_import_id is
'The import that named the agent first; null: no import.';

alter table support.categories add column added_by_import_id bigint;
comment on column support.categories.added_by_import_id is
'The import that named the category first; null: no import.';
