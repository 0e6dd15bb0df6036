-- Rows that move from the ticket of another source to that of their own, or back.
create temporary table strays (
    kind text not null,
    source text not null,
    external_id text not null,
    row_id bigint,
    import_id bigint,
    from_ticket_id bigint,
    to_ticket_id bigint not null,
    from_source text
) on commit drop
