-- What stood in the stored records that will be changed.
insert into raw.replaced_records (
    import_id, kind, source, external_id,
    earlier_import_id, earlier_line_number, earlier_payload_hash, earlier_received_at
)
select
    :import_id,
    records.kind,
    records.source,
    records.external_id,
    records.import_id,
    records.line_number,
    records.payload_hash,
    records.received_at
from changed
inner join raw.records
    on records.source = :source and changed.external_id = records.external_id and records.kind = :kind
where changed.stored_import_id <> :import_id
