-- The file's tickets that were merged into one that is not here, or into themselves, with their lines.
select
    case when merge.target = merge.external_id then 'merged_into_itself' else 'merged_into_absent' end as slug,
    count(*) as row_count,
    array_to_string((array_agg(merge.line_number order by merge.line_number))[1:10], ', ') as lines
from (
    select
        records.external_id,
        coalesce(final_rows.line_number, records.line_number) as line_number,
        trim(records.payload ->> (imports.profile #>> '{columns,merged_into}')) as target
    from raw.records
    inner join raw.imports on records.import_id = imports.id
    inner join support.support_tickets as tickets on records.ticket_id = tickets.id
    left join final_rows on records.external_id = final_rows.external_id
    where
        records.source = :source
        and records.kind = 'tickets'
        and exists (
            select from raw.imports as naming
            where naming.source = :source and naming.profile #> '{columns,merged_into}' is not null
        )
        and (records.import_id = :import_id or final_rows.external_id is not null)
        and tickets.exclusion = 'merged'
        and tickets.merged_into_id is null
) as merge
where merge.target <> ''
group by slug
order by slug
