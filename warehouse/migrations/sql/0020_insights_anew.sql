-- Some claims are no longer made, and others have other facts: the job that writes insights fills these tables again.
-- Until then the page says that nothing has been looked at yet.
delete from marts.insights;
delete from marts.insight_gaps;
delete from marts.insight_runs
where job = 'write_insights';
