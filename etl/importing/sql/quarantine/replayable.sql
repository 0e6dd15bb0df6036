select
    id,
    line_number,
    payload
from raw.quarantined_records as waiting
where
    import_id = :import_id
    and released_at is null
    and not exists (
        select
        from jsonb_array_elements(waiting.reasons) as reason
        where reason ->> 'code' = any(cast(:damaged as text[]))
    )
order by line_number, id
