-- Rows of the source that lie with a ticket of another one, because theirs had not come in; it came with this import.
insert into strays
with sources as (
    select distinct imports.source
    from raw.imports
    where imports.kind = 'tickets' and imports.source <> :source
)

select
    records.kind,
    records.source,
    records.external_id,
    records.row_id,
    records.import_id,
    records.ticket_id as from_ticket_id,
    mine.ticket_id as to_ticket_id,
    other.source as from_source
from raw.records as mine
cross join sources
inner join raw.records as other
    on
        sources.source = other.source
        and mine.external_id = other.external_id
        and mine.kind = other.kind
inner join raw.records
    on
        mine.source = records.source
        and other.ticket_id = records.ticket_id
        and records.kind <> 'tickets'
where
    mine.source = :source
    and mine.kind = 'tickets'
    and mine.import_id = :import_id
    and exists (
        select from raw.imports as happenings
        where happenings.source = :source and happenings.kind in ('interactions', 'statuses', 'ratings')
    )
