-- Wrong passwords count for the address that they came from, so that a stranger locks out nobody but himself. Only very
-- many, from many addresses, lock the account.
create table support.login_tries (
    user_id bigint not null,
    address_key varchar(64) not null,
    failed_count integer not null,
    last_failed_at timestamp with time zone not null,
    locked_until_at timestamp with time zone,
    constraint pk_login_tries primary key (user_id, address_key),
    constraint fk_login_tries_user_id_users foreign key (user_id) references support.users (id) on delete cascade
);
comment on table support.login_tries is 'Wrong passwords in a row, by account and by the address they came from.';
comment on column support.login_tries.address_key is 'A keyed hash: it tells addresses apart and does not tell them.';

grant select, insert, update, delete on support.login_tries to support_portal_editor;
