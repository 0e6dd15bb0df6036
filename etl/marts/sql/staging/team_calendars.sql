-- The calendar of each team that has one of its own.
select names.id as team_id, teams.team, teams.calendar_id
from support.teams as teams
inner join marts.dimension_values as names on names.dimension = 'team' and teams.team = names.value
