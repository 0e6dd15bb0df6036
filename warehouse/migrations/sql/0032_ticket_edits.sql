-- Managers correct tickets on their pages: log a call, say what a ticket was merged into, and turn a correction back.
grant update (merged_into_id) on support.support_tickets to support_portal_editor;
grant select, insert, delete on support.customer_interactions to support_portal_editor;
grant delete on support.ticket_corrections to support_portal_editor;
