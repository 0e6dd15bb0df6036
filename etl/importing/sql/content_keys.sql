-- For a file without a key column, a row's key is the hash of its content and the number of its occurrence.
with numbered_contents as (
    select
        staged.line_number,
        staged.external_id,
        row_number() over (partition by staged.external_id order by staged.line_number) as occurrence
    from staged
    where staged.reasons is null
),

counted as (
    insert into contents (content_key, row_count)
    select
        external_id,
        count(*)
    from numbered_contents
    group by external_id
    on conflict (content_key) do update set row_count = contents.row_count + excluded.row_count
)

update staged
set
    external_id
    = numbered_contents.external_id || '-' || (coalesce(contents.row_count, 0) + numbered_contents.occurrence)
from numbered_contents
left join contents on numbered_contents.external_id = contents.content_key
where staged.line_number = numbered_contents.line_number
