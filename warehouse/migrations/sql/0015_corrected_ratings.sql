-- A rating that is corrected shows in the columns of its ticket, as one that comes or goes does.

create function support.show_corrected_ratings() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    perform support.show_latest_ratings(
        array(select ticket_id from new_rows union select ticket_id from old_rows)
    );
    return null;
end
$$;

create trigger show_corrected_ratings after update on support.ticket_ratings
referencing old table as old_rows new table as new_rows
for each statement when (pg_trigger_depth() = 0) execute function support.show_corrected_ratings();

alter function support.show_corrected_ratings() owner to support_owner;

grant usage, select on sequence support.ticket_ratings_id_seq to support_etl_writer;
