-- Rows with a new key get a ticket id. Of several rows with the same new key in the batch, only the first gets one.
-- The scalar subquery makes PostgreSQL use the index: there are many more records than rows in the batch.
insert into numbered (line_number, ticket_id)
select
    first_row.line_number,
    nextval(cast(:ticket_ids as regclass))
from (
    select distinct on (external_id)
        line_number,
        external_id
    from staged
    where reasons is null
    order by external_id, line_number
) as first_row
where (
    select records.ticket_id
    from raw.records
    where records.source = :source and records.external_id = first_row.external_id
) is null
order by first_row.line_number
