-- Rows that differ from the stored record of their key.
create temporary table changed on commit drop as
select
    final_rows.*,
    records.ticket_id,
    records.row_id,
    records.import_id as stored_import_id,
    records.line_number as stored_line_number,
    records.payload as stored_payload
from final_rows
inner join raw.records
    on records.source = :source and final_rows.external_id = records.external_id and records.kind = :kind
where records.payload_hash <> uuid_send(final_rows.payload_hash)
