"""The sentences about ratings that are made from a slug and numbers. A second language is a second list of them."""

from collections.abc import Mapping
from typing import Final

GOOD: Final = "4s and 5s for each lower rating"
"""What is multiplied by an odds ratio of a rating of 4 or 5."""
BETTER: Final = "Better for each worse rating"
"""What is multiplied by an odds ratio of any better rating."""
SENTENCES: Final[Mapping[str, str]] = {
    "effect.more": "{driver} goes with a rating of {points} points more, other things equal",
    "effect.less": "{driver} goes with a rating of {points} points less, other things equal",
    "effect.none": "{driver}: no effect on the rating can be told from chance",
    "same_agent.higher": (
        "Where one agent writes every reply, ratings are {size} higher, other things equal: {mean} against {other_mean}"
    ),
    "same_agent.lower": (
        "Where one agent writes every reply, ratings are {size} lower, other things equal: {mean} against {other_mean}"
    ),
    "same_agent.none": "Whether one agent or several reply: no difference in ratings can be told from chance",
    "with_interval": "{claim} (likely {low} to {high}; {count} ratings).",
    "response.nobody": "Nobody has rated a ticket yet.",
    "response.rate": "{share} of the customers asked have answered ({answered} of {offered}).",
    "response.types": (
        "“{most}” customers answer more often ({most_share}) than “{least}” ({least_share}), so an average over all"
        " ratings speaks more for the first."
    ),
    "response.silent": "What those who keep silent think is not known.",
    "no_ratings": "No ticket with a reply and a resolution has a rating, so nothing can be said about satisfaction.",
    "no_times": (
        "There {rating_count:is} {rating_count:rating}, but no rated ticket has both a first reply and a solution at a"
        " known time, so nothing can be said about what goes with them."
    ),
    "days_only": (
        "The dates of rated tickets have no time of day, which is too little to tell what reply and resolution times go"
        " with."
    ),
    "all_alike": "Every rating is a {rating}, so nothing can go with better or worse ones.",
    "too_few": (
        "{rated_count:rating} by {customer_count:customer} {rated_count:is} too few to tell what goes with them: at"
        " least {least_ratings} by {least_customers} are needed."
    ),
    "no_difference": "{driver}: not known, or the same on every rated ticket, so nothing can be said about it.",
    "hiring_dates": (
        " A file of agents with their hiring dates says how experienced they were: support-analytics import agents.csv"
        " --kind agents"
    ),
    "not_compared": (
        "One agent or several: fewer than {least_tickets} rated tickets of either kind, so they are not compared."
    ),
}
DRIVERS: Final[Mapping[str, str]] = {
    "first_reply_time": "A first reply that takes twice as long",
    "resolution_time": "A resolution that takes twice as long",
    "contacts": "Each further message on a ticket",
    "several_agents": "Several agents on a ticket, in place of one,",
    "proactive_update": "An update nobody asked for",
    "agent_experience": "Each year of the agent's experience",
}
"""Driver -> one more of it, as it begins a sentence."""
DRIVER_NAMES: Final[Mapping[str, str]] = {
    "first_reply_time": "First reply time",
    "resolution_time": "Resolution time",
    "contacts": "Number of messages",
    "several_agents": "Several agents on a ticket",
    "proactive_update": "Updates nobody asked for",
    "agent_experience": "The agent's experience",
}
"""Driver -> what it is called where nothing can be said of it."""
