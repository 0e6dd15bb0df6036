-- Categories that only imports that are taken back have named, and that nobody has described or used since.
delete from support.categories
where
    added_by_import_id in (
        select imports.id
        from raw.imports
        where imports.undone_at is not null
    )
    and name = slug
    and description = ''
    and slug not in (
        select support_tickets.category
        from support.support_tickets
        where support_tickets.category is not null
        union all
        select ticket_predictions.category
        from support.ticket_predictions
        where ticket_predictions.category is not null
        union all
        select category_keywords.category
        from support.category_keywords
    )
