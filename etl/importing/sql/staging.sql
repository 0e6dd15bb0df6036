-- Temporary tables for one import; dropped when the import ends.
-- The table `staged`, for one batch of converted rows, is created by the Python code before this file runs.

-- New records of the batch.
create temporary table numbered (line_number bigint not null, row_id bigint) on commit drop;

-- Rows whose key is known already, from an earlier import or from a line above.
-- Of a row that equals the stored record, only line, key and hash are kept.
create temporary table repeated (like staged) on commit drop;

-- Rows that break a rule.
create temporary table rejected (
    line_number bigint not null,
    external_id text,
    payload jsonb not null,
    reasons jsonb not null
) on commit drop;

-- Who is named as a customer, row by row.
create temporary table named_customers (
    line_number bigint not null,
    customer_email text not null,
    customer_name text,
    customer_type text,
    created_at timestamptz not null
) on commit drop;

-- How often each content came in a file without a key.
create temporary table contents (content_key text primary key, row_count bigint not null) on commit drop;

-- Rows of the desk that were there before the import, as they were before it touches them.
create temporary table before_rows (
    table_name text not null,
    row_key text not null,
    row_before jsonb not null,
    primary key (table_name, row_key)
) on commit drop;

-- How many rows of each batch went to tickets of another source.
create temporary table elsewhere (source text not null, row_count bigint not null) on commit drop;
