"""The sentences of what needs somebody now, each with named parts. A second language is a second list of them."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "headline.none.change": "No change stands out",
    "headline.none.due": "nothing falls due before 10:00 of the next day",
    "headline.none.both": "No change stands out, and nothing falls due before 10:00 of the next day.",
    "overdue.title.one": "{tickets} is past a target",
    "overdue.title.many": "{tickets} are past a target",
    "overdue.detail": "{parts} overdue.",
    "due_soon.title": "{tickets} will miss a target within {hours} unless answered",
    "due_soon.detail": "None of them is overdue yet.",
    "due_tomorrow.title.one": "{tickets} falls due before {day} {time}",
    "due_tomorrow.title.many": "{tickets} fall due before {day} {time}",
    "due_tomorrow.detail": "Still to do: {parts}.",
    "surge.title": "{what}: {count} in the last {days}, about {expected} were to be expected",
    "surge.title.seasonal": "{what}: {count} in the last {days}, about {usual} outside this time of the year",
    "surge.detail": "Since {day}.",
    "surge.detail.whole": "Since {day} or earlier.",
    "surge.seasonal": "The time of the year explains it: about {expected} were to be expected.",
    "surge.what.all": "All tickets",
    "surge.what.channel": "Channel {name}",
    "surge.what.customer_type": "Customer type {name}",
    "old.title.one": "{tickets} has been open for two weeks or more",
    "old.title.many": "{tickets} have been open for two weeks or more",
    "old.detail": "Of {count} open; the oldest for {days}.",
    "slower.title": "{category} takes longer than before",
    "slower.detail": "Half solved within {now}, was {before}; n {count} and {count_before}.",
    "unusual_week.title.more": "The last seven days brought more tickets than usual",
    "unusual_week.title.fewer": "The last seven days brought fewer tickets than usual",
    "unusual_week.detail": "{observed}, against {usual} a week in the seven weeks before.",
}
