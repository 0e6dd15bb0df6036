insert into rejected (line_number, external_id, payload, reasons)
select
    line_number,
    external_id,
    payload,
    reasons
from staged
where reasons is not null
