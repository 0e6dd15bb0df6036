select
    count(*) as waiting_count,
    count(*) filter (
        where exists (
            select
            from jsonb_array_elements(waiting.reasons) as reason
            where reason ->> 'code' = any(cast(:damaged as text[]))
        )
    ) as damaged
from raw.quarantined_records as waiting
where released_at is null and (cast(:source as text) is null or source = :source)
