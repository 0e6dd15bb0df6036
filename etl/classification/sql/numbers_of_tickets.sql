-- The keys with which some tickets came in; a file without a key column gives none.
with keyed as (
    select
        ticket_id,
        external_id,
        import_id
    from raw.records
    where kind = 'tickets' and ticket_id = any(:tickets)
)

select
    keyed.ticket_id,
    min(keyed.external_id) as number
from keyed
inner join raw.imports on keyed.import_id = imports.id
where imports.profile -> 'external_id' <> '[]'
group by keyed.ticket_id
