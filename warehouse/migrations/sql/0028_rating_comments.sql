-- What customers wrote with their ratings.
create view marts.rating_comments as
select
    ticket_id,
    rated_at,
    score,
    comment
from support.ticket_ratings
where score is not null and btrim(comment) <> '';

alter view marts.rating_comments owner to support_owner;
grant select on marts.rating_comments to support_portal_reader;
