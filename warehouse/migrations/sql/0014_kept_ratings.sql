-- Ratings that are taken back leave a ticket as it was before them.

alter table support.ticket_ratings add column is_from_ticket boolean default false not null;
comment on column support.ticket_ratings.is_from_ticket is 'Kept from the columns of the ticket.';

create function support.show_latest_ratings(ids bigint[]) returns void
language sql security definer set search_path = pg_catalog
as $$
    update support.support_tickets as ticket
    set
        customer_satisfaction_score = latest.score,
        rated_at = latest.rated_at,
        survey_offered_at = latest.offered_at
    from (
        select distinct on (listed.ticket_id) listed.ticket_id, rating.score, rating.rated_at, rating.offered_at
        from unnest(ids) as listed (ticket_id)
        left join support.ticket_ratings as rating on listed.ticket_id = rating.ticket_id
        order by
            listed.ticket_id, rating.score is null, rating.rated_at desc nulls last, rating.offered_at desc nulls last,
            rating.id desc
    ) as latest
    where
        ticket.id = latest.ticket_id
        and (ticket.customer_satisfaction_score, ticket.rated_at, ticket.survey_offered_at)
        is distinct from (latest.score, latest.rated_at, latest.offered_at)
$$;

-- Before a ticket's first rating row, what its columns say becomes a row of its own; then the columns hold the latest.
create or replace function support.keep_ratings() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    insert into support.ticket_ratings (ticket_id, offered_at, rated_at, score, is_from_ticket)
    select ticket.id, ticket.survey_offered_at, ticket.rated_at, ticket.customer_satisfaction_score, true
    from support.support_tickets as ticket
    where
        ticket.customer_satisfaction_score is not null
        and ticket.id in (select ticket_id from new_rows)
        and not exists (
            select from support.ticket_ratings as older
            where older.ticket_id = ticket.id and older.id not in (select id from new_rows)
        )
        and not exists (
            select from new_rows
            where
                new_rows.ticket_id = ticket.id
                and new_rows.score = ticket.customer_satisfaction_score
                and new_rows.rated_at is not distinct from ticket.rated_at
        );
    perform support.show_latest_ratings(array(select distinct ticket_id from new_rows));
    return null;
end
$$;

-- When ratings go, the columns hold the latest that is left; one that came from the columns alone goes back into them.
create function support.forget_ratings() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
declare
    ids bigint[] := array(select distinct ticket_id from old_rows);
begin
    perform support.show_latest_ratings(ids);
    delete from support.ticket_ratings as kept
    where
        kept.ticket_id = any(ids)
        and kept.is_from_ticket
        and not exists (
            select from support.ticket_ratings as other
            where other.ticket_id = kept.ticket_id and other.id <> kept.id
        );
    return null;
end
$$;

-- A rating given later than the one a ticket had is a further one: the earlier is kept. Back to an earlier one is a
-- correction: what was kept from then on goes.
create or replace function support.keep_replaced_ratings() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    insert into support.ticket_ratings (ticket_id, offered_at, rated_at, score, is_from_ticket)
    select new_rows.id, said.offered_at, said.rated_at, said.score, true
    from new_rows
    inner join old_rows on new_rows.id = old_rows.id
    cross join lateral (
        values
        (old_rows.survey_offered_at, old_rows.rated_at, old_rows.customer_satisfaction_score),
        (new_rows.survey_offered_at, new_rows.rated_at, new_rows.customer_satisfaction_score)
    ) as said (offered_at, rated_at, score)
    where
        new_rows.rated_at > old_rows.rated_at
        and new_rows.customer_satisfaction_score is not null
        and old_rows.customer_satisfaction_score is not null
        and not exists (
            select from support.ticket_ratings as known
            where
                known.ticket_id = new_rows.id
                and known.rated_at = said.rated_at
                and known.score = said.score
        );
    delete from support.ticket_ratings as kept
    using new_rows
    inner join old_rows on new_rows.id = old_rows.id
    where
        kept.ticket_id = new_rows.id
        and kept.is_from_ticket
        and old_rows.rated_at >= coalesce(new_rows.rated_at, '-infinity')
        and (new_rows.rated_at, new_rows.customer_satisfaction_score)
        is distinct from (old_rows.rated_at, old_rows.customer_satisfaction_score)
        and kept.rated_at >= coalesce(new_rows.rated_at, '-infinity');
    insert into support.ticket_ratings (ticket_id, offered_at, rated_at, score, is_from_ticket)
    select new_rows.id, new_rows.survey_offered_at, new_rows.rated_at, new_rows.customer_satisfaction_score, true
    from new_rows
    inner join old_rows on new_rows.id = old_rows.id
    where
        new_rows.customer_satisfaction_score is not null
        and (new_rows.rated_at, new_rows.customer_satisfaction_score)
        is distinct from (old_rows.rated_at, old_rows.customer_satisfaction_score)
        and exists (
            select from support.ticket_ratings as other
            where other.ticket_id = new_rows.id
        )
        and not exists (
            select from support.ticket_ratings as known
            where
                known.ticket_id = new_rows.id
                and known.rated_at is not distinct from new_rows.rated_at
                and known.score = new_rows.customer_satisfaction_score
        );
    return null;
end
$$;

create trigger forget_ratings after delete on support.ticket_ratings
referencing old table as old_rows
for each statement when (pg_trigger_depth() = 0) execute function support.forget_ratings();

alter function support.forget_ratings() owner to support_owner;
alter function support.show_latest_ratings(bigint[]) owner to support_owner;
revoke execute on function support.show_latest_ratings(bigint[]) from public;
