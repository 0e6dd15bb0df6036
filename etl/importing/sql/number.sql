-- Rows with a new key get the number of the row that they will make; customers and agents have no numbers.
-- Of several rows with the same new key in the batch, only the first gets one.
-- The scalar subquery makes PostgreSQL use the index: there are many more records than rows in the batch.
insert into numbered (line_number, row_id)
select
    first_row.line_number,
    nextval(cast(:row_ids as regclass))
from (
    select distinct on (external_id)
        line_number,
        external_id
    from staged
    where reasons is null
    order by external_id, line_number
) as first_row
where (
    select records.line_number
    from raw.records
    where
        records.source = :source
        and records.external_id = first_row.external_id
        and records.kind = :kind
) is null
order by first_row.line_number
