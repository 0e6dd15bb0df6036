"""What a person reads about rows that mean something else than they seem to, or whose ticket is another's."""

from collections.abc import Mapping
from typing import Final

ROW_SENTENCES: Final[Mapping[str, str]] = {
    "still_open": "{row_count:,} {row_count:ticket is/tickets are} open although {column!r} has a date; the"
    " {row_count:date is/dates are} kept aside. {row_count:Line/Lines}: {lines}.",
    "counts_by_days": "{row_count:,} {row_count:ticket counts/tickets count} by days, because one of"
    " {row_count:its/their} dates has no time of day; the full {column!r} is kept aside."
    " {row_count:Line/Lines}: {lines}.",
    "status_not_known": "{row_count:,} {row_count:ticket has/tickets have} no known status and"
    " {row_count:counts/count} as open. {row_count:Line/Lines}: {lines}.",
    "ratings_without_date": "{row_count:,} {row_count:rating has/ratings have} no date; the day of solving stands for"
    " it, else that of closing, of the last change or of creation. {row_count:Line/Lines}: {lines}.",
    "answers_without_date": "{row_count:,} {row_count:rating has/ratings have} no date; the day on which"
    " {row_count:it was/they were} asked for stands for it, else that of solving, of closing, of the last change or of"
    " creation. {row_count:Line/Lines}: {lines}.",
    "merged_into_absent": "{row_count:,} {row_count:ticket was/tickets were} merged into tickets that are not here;"
    " {row_count:it leads/they lead} there when those come in. {row_count:Line/Lines}: {lines}.",
    "merged_into_itself": "{row_count:,} {row_count:ticket is/tickets are} said to be merged into"
    " {row_count:itself/themselves}; {row_count:it leads/they lead} nowhere and {row_count:is/are} left out as merged."
    " {row_count:Line/Lines}: {lines}.",
    "rows_elsewhere": "{row_count:,} {row_count:row/rows} went to tickets of source {other!r}, because {source!r} has"
    " {row_count:no ticket of its key/none of these keys}.",
    "rows_came_home": "{row_count:,} {row_count:row/rows} of this source lay with tickets of source {other!r}, which"
    " had the same {row_count:key/keys}; {row_count:it belongs/they belong} to these tickets now.",
}
"""Slug of a notice -> its sentence."""
