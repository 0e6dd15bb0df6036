-- New keys get their ticket ids; of a key that comes twice in the batch, its first row.
-- A scalar subquery looks up by index, whatever the planner thinks: the records are many times the batch.
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
