-- A record that is in quarantine already is not added again, however often its file is imported.
with arrived as (
    select
        *,
        row_number() over (partition by payload order by line_number) as occurrence
    from rejected
),

waiting as (
    select
        payload,
        row_number() over (partition by payload order by id) as occurrence
    from raw.quarantined_records
    where source = :source and kind = :kind and released_at is null
)

insert into raw.quarantined_records (source, external_id, import_id, line_number, payload, reasons, kind)
select
    :source,
    arrived.external_id,
    :import_id,
    arrived.line_number,
    arrived.payload,
    arrived.reasons,
    :kind
from arrived
where
    not exists (
        select from waiting
        where waiting.payload = arrived.payload and waiting.occurrence = arrived.occurrence
    )
order by arrived.line_number
