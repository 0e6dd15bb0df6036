create table ops.work (
    id bigint generated always as identity,
    kind varchar(40) not null,
    parameters jsonb not null default '{}',
    asked_by varchar(150) not null,
    asked_at timestamptz not null default now(),
    state varchar(20) not null default 'waiting',
    step varchar(40) not null default '',
    done_count bigint not null default 0,
    total_count bigint,
    is_cancel_wanted boolean not null default false,
    attempts integer not null default 0,
    leased_until_at timestamptz,
    started_at timestamptz,
    finished_at timestamptz,
    error varchar(100),
    result jsonb not null default '{}',
    file_name varchar(255),
    file_bytes bigint,
    constraint pk_work primary key (id),
    constraint ck_work_state check (
        state in ('filling', 'waiting', 'running', 'done', 'failed', 'cancelled', 'forgotten')
    )
);
create index ix_work_open on ops.work (id) where state in ('filling', 'waiting', 'running');
comment on table ops.work is
'Work that people have queued. Workers take it up with SKIP LOCKED and hold it by a lease.';
comment on column ops.work.parameters is 'What to do, as its kind checks it. Emptied with its files after a week.';
comment on column ops.work.state is
'filling: its file is still arriving. forgotten: what it made has been deleted.';
comment on column ops.work.step is 'Slug of what it does at the moment.';
comment on column ops.work.leased_until_at is 'Until then its worker has it; a dead worker does not renew it.';
comment on column ops.work.attempts is 'How often it was taken up; the number tells an old worker from a new one.';
comment on column ops.work.error is 'Slug of what went wrong.';
comment on column ops.work.result is 'Numbers of what it did.';
comment on column ops.work.file_name is 'Name of the file that it made, for its owner.';

create table ops.workers (
    name varchar(20) not null,
    seen_at timestamptz not null,
    constraint pk_workers primary key (name)
);
comment on table ops.workers is 'When each part of the product that does queued work was last there to do it.';

alter table ops.work owner to support_etl_writer;
alter table ops.workers owner to support_etl_writer;
grant usage on schema ops, raw to support_portal_editor;
grant select, insert, update on ops.work to support_portal_editor;
grant select, insert, update on ops.workers to support_portal_editor;
grant select on ops.job_runs, ops.data_quality_results, ops.data_version to support_portal_editor;
grant select on raw.imports, raw.quarantined_records to support_portal_editor;
