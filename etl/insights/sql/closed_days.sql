-- Days on which the default calendar is closed as an exception, such as public holidays.
select distinct exceptional.on_date as closed_date
from support.business_exceptions as exceptional
inner join support.business_calendars as calendar on exceptional.calendar_id = calendar.id
where calendar.is_default and exceptional.opens_minute is null
