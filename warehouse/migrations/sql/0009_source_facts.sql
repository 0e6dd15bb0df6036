-- What a file or another system says of a ticket whose messages and history it does not give.

alter table support.support_tickets
add column closed_at timestamp with time zone,
add column source_changed_at timestamp with time zone,
add column first_replied_at timestamp with time zone,
add column reopen_count integer,
add column reassignment_count integer,
add column handle_seconds integer,
add column source_sla_met boolean,
add column organisation varchar(200),
add column brand varchar(100),
add column tags text[] default '{}' not null,
add column needs_no_answer boolean default false not null,
add column merged_into_id bigint,
add constraint ck_support_tickets_reopen_count check (reopen_count >= 0),
add constraint ck_support_tickets_reassignment_count check (reassignment_count >= 0),
add constraint ck_support_tickets_handle_seconds check (handle_seconds >= 0),
add constraint ck_support_tickets_merged_into_another check (merged_into_id <> id);

comment on column support.support_tickets.closed_at is 'When the ticket was closed for good, as its source says.';
comment on column support.support_tickets.source_changed_at is 'When the ticket last changed, as its source says.';
comment on column support.support_tickets.first_replied_at is
'First public reply by a person, as its source says; counts where there are no messages.';
comment on column support.support_tickets.reopen_count is
'As its source says; null is not known. Counts where there is no status history.';
comment on column support.support_tickets.reassignment_count is 'As its source says; null is not known.';
comment on column support.support_tickets.handle_seconds is
'Minutes of work as its source says, in seconds; counts where no interaction has any.';
comment on column support.support_tickets.source_sla_met is
'Its source''s own verdict; kept beside ours, never counted as ours.';
comment on column support.support_tickets.needs_no_answer is
'A person, a rule or an import said that nobody waits for an answer: reply targets are left out.';
comment on column support.support_tickets.merged_into_id is 'The ticket that this one was merged into.';
