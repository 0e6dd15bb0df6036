-- Else the ticket of any source, if only one source has it; how many went where is counted.
with sources as (
    select distinct imports.source
    from raw.imports
    where imports.kind = 'tickets'
),

found as (
    select
        staged.line_number,
        min(records.ticket_id) as ticket_id,
        min(sources.source) as source
    from staged
    cross join sources
    inner join raw.records
        on
            sources.source = records.source
            and staged.ticket = records.external_id
            and records.kind = 'tickets'
    where staged.reasons is null and staged.of_ticket_id is null
    group by staged.line_number
    having count(*) = 1
),

placed as (
    update staged
    set of_ticket_id = found.ticket_id
    from found
    where staged.line_number = found.line_number
    returning found.source
)

insert into elsewhere (source, row_count)
select
    source,
    count(*) as row_count
from placed
group by source
