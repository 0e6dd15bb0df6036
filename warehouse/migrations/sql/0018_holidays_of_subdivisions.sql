-- A public holiday may be that of a subdivision, such as GB-ENG.
alter table support.business_exceptions alter column country type varchar(6);
