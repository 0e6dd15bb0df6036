-- What other imports brought in for tickets that go now waits until the tickets come again.
insert into raw.quarantined_records (source, external_id, import_id, line_number, payload, reasons, kind)
select
    records.source,
    records.external_id,
    records.import_id,
    records.line_number,
    records.payload,
    jsonb_build_array(jsonb_build_object('code', 'unknown_ticket', 'column', '')),
    records.kind
from raw.records
where
    records.kind <> 'tickets'
    and records.ticket_id in (
        select removed.ticket_id
        from removed
        where removed.kind = 'tickets'
    )
order by records.kind, records.source, records.import_id, records.line_number
