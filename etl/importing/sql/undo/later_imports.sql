-- Imports that changed, repeated or let in records of this one, and those that did so with theirs; the latest first.
with recursive built_upon (import_id) as (
    select import_overlaps.import_id
    from raw.import_overlaps
    where import_overlaps.earlier_import_id = :import_id
    union
    select import_overlaps.import_id
    from raw.import_overlaps
    inner join built_upon on import_overlaps.earlier_import_id = built_upon.import_id
)

select
    imports.id,
    imports.file_name
from built_upon
inner join raw.imports on built_upon.import_id = imports.id
order by imports.id desc
