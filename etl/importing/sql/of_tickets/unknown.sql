-- Rows whose ticket has not come in wait for it.
update staged
set
    reasons
    = jsonb_build_array(jsonb_build_object('code', 'unknown_ticket', 'column', cast(:ticket_column as text)))
where reasons is null and of_ticket_id is null
