-- Some claims are no longer made, and others have other facts: the job that writes insights fills both tables again.
delete from marts.insights;
delete from marts.insight_gaps;
