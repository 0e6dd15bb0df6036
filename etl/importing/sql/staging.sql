-- Where a file waits on its way in; gone when the import ends.
-- `staged` (one batch, as converted) is created from its declaration beforehand.

-- New tickets of the batch.
create temporary table numbered (line_number bigint not null, ticket_id bigint not null) on commit drop;

-- Rows whose key is known already, from an earlier import or from a line above.
-- Only the hash is kept where the record is the stored one.
create temporary table repeated (like staged) on commit drop;

-- Rows that break a rule.
create temporary table rejected (
    line_number bigint not null,
    external_id text,
    payload jsonb not null,
    reasons jsonb not null
) on commit drop;

-- How often each content came in a file without a key.
create temporary table contents (content_key text primary key, row_count bigint not null) on commit drop;
