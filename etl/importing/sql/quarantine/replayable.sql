-- Records that may come in now: those that are not damaged, and whose ticket is there if they waited for one.
select
    waiting.id,
    waiting.line_number,
    waiting.payload
from raw.quarantined_records as waiting
where
    waiting.import_id = :import_id
    and waiting.released_at is null
    and not exists (
        select
        from jsonb_array_elements(waiting.reasons) as reason
        where reason ->> 'code' = any(cast(:damaged as text[]))
    )
    and (
        not waiting.reasons @> '[{"code": "unknown_ticket"}]'
        or (
            select coalesce(bool_or(sources.source = waiting.source), false) or count(*) = 1
            from (
                select distinct imports.source
                from raw.imports
                where imports.kind = 'tickets'
            ) as sources
            inner join raw.records
                on
                    sources.source = records.source
                    and records.external_id = btrim(waiting.payload ->> cast(:ticket_column as text))
                    and records.kind = 'tickets'
        )
    )
order by waiting.line_number, waiting.id
