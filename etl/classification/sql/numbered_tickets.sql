-- Tickets by the numbers under which the portal shows them: the key with which they came in, else the id. The index on
-- keys begins with the source, so each source is asked by itself.
with asked as (
    select unnest(cast(:numbers as text[])) as number
),

sources as (
    select distinct source from raw.imports
    where kind = 'tickets'
),

by_id as (
    select id from support.support_tickets
    where id = any(:ids)
)

select
    asked.number,
    records.source,
    records.ticket_id
from sources
cross join asked
inner join raw.records
    on sources.source = records.source and asked.number = records.external_id and records.kind = 'tickets'
inner join raw.imports on records.import_id = imports.id
where imports.profile -> 'external_id' <> '[]'
union all
select
    by_id.id::text as number,
    null as source,
    by_id.id as ticket_id
from by_id
where
    not exists (
        select from raw.records
        inner join raw.imports on records.import_id = imports.id
        where
            records.ticket_id = by_id.id
            and records.kind = 'tickets'
            and imports.profile -> 'external_id' <> '[]'
    )
