"""The sentences of the Insights, each with named parts. A second language is a second list of them."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "kinds.priority": "{category}, {priority} priority",
    "kinds.two": "{one} and {other} together",
    "slowest_category.title.business_one": "{kinds} takes longest: half are solved within {typical} (business hours)",
    "slowest_category.title.business_two": "{kinds} take longest: half are solved within {typical} (business hours)",
    "slowest_category.title.calendar_one": "{kinds} takes longest: half are solved within {typical} (all hours)",
    "slowest_category.title.calendar_two": "{kinds} take longest: half are solved within {typical} (all hours)",
    "slowest_category.title.days_one": "{kinds} takes longest: {typical} on average",
    "slowest_category.title.days_two": "{kinds} take longest: {typical} on average",
    "slowest_category.detail.business": (
        "Half are solved within {low} to {high}, n {count}. They typically take {times} times as long as other"
        " tickets. Next is {next_kind} with {next_typical}."
    ),
    "slowest_category.detail.both": (
        "In business hours half are solved within {business} ({low} to {high}), n {count}. They typically take {times}"
        " times as long as other tickets. Next is {next_kind} with {next_typical}."
    ),
    "slowest_category.detail.calendar": (
        "Half are solved within {low} to {high}, n {count}. They typically take {times} times as long as other"
        " tickets. Next is {next_kind} with {next_typical}."
    ),
    "slowest_category.detail.days": (
        "The mean is between {low} and {high}, n {count}; only whole days are known. That is {times} times as long as"
        " other tickets. Next is {next_kind} with {next_typical}."
    ),
    "slowest_category.action": "Look at its slowest tickets first: what do they wait for?",
    "most_missed_targets.title.one": "{kinds}: {share} of tickets miss a target, more than anywhere else",
    "most_missed_targets.title.two": "{kinds}: {share} of tickets miss a target, each more than anywhere else",
    "most_missed_targets.detail": (
        "Between {low} and {high}, n {count}; that is {gap_low} to {gap_high} percentage points more than all others."
        " Next is {next_kind} with {next_share}."
    ),
    "most_missed_targets.action": "Answer these first in the morning, or agree on a target that can be kept.",
    "targets_met.title.fell": "Targets met fell from {before} to {now}",
    "targets_met.title.rose": "Targets met rose from {before} to {now}",
    "targets_met.detail": (
        "In the last four weeks against the thirteen before: {gap_low} to {gap_high} percentage points, n {count} and"
        " {count_before} targets."
    ),
    "targets_met.action.fell": ("See which category and hour they are missed in, before more people are asked for."),
    "most_tickets_a_customer.title": "{customer_types} need the most support: {mean} tickets a customer in a year",
    "most_tickets_a_customer.detail.everybody": (
        "Between {low} and {high}, over {customers} of the whole year, who wrote or not. Other customers write"
        " {elsewhere} each: {times} times as many a customer."
    ),
    "most_tickets_a_customer.detail.writers": (
        "Between {low} and {high}, over {customers} who wrote. Other customers who wrote did so {elsewhere} times each:"
        " {times} times as many a customer."
    ),
    "most_tickets_a_customer.action": ("Ask a few of them what they write about, and give them one person to turn to."),
    "season.title": "The time {when} brings {change} {what}",
    "season.time.named": "{dates}, around {name},",
    "season.time.easter": "from a week before Easter to a week after",
    "season.time.ramadan": "of Ramadan",
    "season.time.black_friday": "around Black Friday",
    "season.time.event": "of “{event}”",
    "season.name.christmas": "Christmas",
    "season.name.turn_of_the_year": "the turn of the year",
    "season.name.school_year_start": "the start of the school year",
    "season.name.summer_holidays": "the summer holidays of schools",
    "season.detail": (
        "{range} against the same weekdays and trend at other times, seen in {years} years, n {tickets}."
    ),
    "season.action.ahead": (
        "It comes again from {dates}: plan people for it, and put answers to its usual questions on the site before."
    ),
    "season.action.now": "It is on until {last}: see that enough people are there until then.",
    "tickets.all": "tickets",
    "tickets.category": "{category} tickets",
    "bulk_day.title": "{observed} {what} were entered on {when}; a usual such day has {usual}",
    "bulk_day.none": "none",
    "bulk_day.detail": (
        "Around it, a quiet day brings {low} and a busy day {high}. Seasons and odd days are found without this day."
    ),
    "bulk_day.one_minute": "{number} were made in one minute: they look like one bulk entry.",
    "bulk_day.spread": "At most {number} were made in one minute, so they may have come one by one.",
    "bulk_day.no_times": "Their dates have no time of day, so whether they are one bulk entry is not known.",
    "bulk_day.action": "See whether they were entered or imported together; if not, look at what they have in common.",
    "odd_days.title.more": "More {what} than expected on {when}: {observed}, not {expected}",
    "odd_days.title.fewer": "Fewer {what} than expected on {when}: {observed}, not {expected}",
    "odd_days.detail": ("{low} to {high} would have been usual for these days, season and holidays allowed for."),
    "odd_days.word": "\u201c{word}\u201d",
    "odd_days.words": "New words: {words}.",
    "odd_days.category": "Mostly filed as {value}: {share} of them, usually {usual_share}.",
    "odd_days.channel": "Mostly through {value}: {share} of them, usually {usual_share}.",
    "odd_days.customer_type": "Mostly from {value}: {share} of them, usually {usual_share}.",
    "odd_days.not_set": "not set",
    "odd_days.action.more": "Look at what they have in common, and put the answer where they start.",
    "odd_days.action.fewer": "Check that nothing kept customers from writing.",
    "driver.detail": (
        "Other things equal: times, messages, hand-overs, updates, the agent and their experience, category, priority,"
        " channel and customer type, as far as there are ratings enough. They go together; that one causes the other is"
        " not proven."
    ),
    "agents.title.slower_agents_one": "{worse} of {agents} takes longer than the kind of their tickets explains",
    "agents.title.slower_agents_many": "{worse} of {agents} take longer than the kind of their tickets explains",
    "agents.title.later_agents_one": "{worse} of {agents} replies later than the kind of their tickets explains",
    "agents.title.later_agents_many": "{worse} of {agents} reply later than the kind of their tickets explains",
    "agents.title.lower_rated_agents_one": "{worse} of {agents} is rated lower than their kind of tickets explains",
    "agents.title.lower_rated_agents_many": "{worse} of {agents} are rated lower than their kind of tickets explains",
    "agents.title.reopened_agents_one": "{worse} of {agents} has more tickets reopened than their kind explains",
    "agents.title.reopened_agents_many": "{worse} of {agents} have more tickets reopened than their kind explains",
    "agents.detail.times": (
        "The clearest has {low} to {high} times what the typical other agent has, n {tickets}; category,"
        " priority, channel and hour are allowed for."
    ),
    "agents.detail.rating": (
        "The clearest is rated {low} to {high} points lower than the typical other agent, n {tickets}; category,"
        " priority, channel and hour are allowed for."
    ),
    "agents.action": "Sit beside them for an hour: it may be the tools, the tickets or how they were shown.",
    "leaving.title": "Customers leave {ratio} times as often after {what}",
    "leaving.detail": (
        "Among customers of the same type who write as often, whatever else they went through. They go together; that"
        " one causes the other is not proven."
    ),
    "leaving.category": "tickets filed under “{category}”",
    "leaving.late_answer": "a late answer",
    "leaving.low_rating": "a rating of 1 or 2",
    "leaving.unresolved_14_days": "a ticket unresolved for 14 days",
    "leaving.reopened": "a reopened ticket",
    "leaving.several_agents": "a ticket with several agents",
    "leaving.escalated": "an escalated ticket",
    "leaving.action.experience": "Call the customers it happened to.",
    "leaving.action.category": "See what these tickets have in common.",
    "demand_ahead.title.than": "The next four weeks bring {change} tickets than the last four",
    "demand_ahead.title.as": "The next four weeks bring {change} tickets as the last four",
    "demand_ahead.detail": (
        "{times} times as many by the forecast's 95\u202f% range; {count} came in the last four weeks."
    ),
    "demand_ahead.action.more": "Move leave and training out of these weeks.",
    "demand_ahead.action.fewer": "Good weeks for leave and training.",
    "hour": "{weekday} at {hour}",
    "short_roster.title": "The roster of the coming week is short in {hours}, among them {when}",
    "short_roster.detail": (
        "Between {low} and {high} hours if less or more comes than expected, of {all_hours} looked at. In no other hour"
        " are more people missing."
    ),
    "short_roster.action": "Move people into these hours, or agree on later answers.",
}
_RUN: Final = "It is worked out every night; to have it now, run: support-analytics etl run "
MISSING: Final[Mapping[str, tuple[str, str]]] = {
    "few_solved": (
        "Of {solved_count:solved ticket} {known_count} {known_count:has} a known time; under two categories have 30.",
        "Import older tickets, or wait for more.",
    ),
    "no_solved_dates": (
        "Of no ticket of the last year is it known on which day it was solved.",
        "Import when tickets were solved.",
    ),
    "few_targets": (
        "Hardly any ticket has a target that was met or missed.",
        "Set targets by priority; import replies to measure them.",
    ),
    "few_customer_types": (
        "Fewer than two customer types have 30 customers who wrote.",
        "Import customer types to see who needs the most support.",
    ),
    "no_ratings": ("No ticket has a rating.", "Import ratings, or ask for them after each ticket."),
    "no_times": (
        "No rated ticket has both a first reply and a solution at a known time.",
        "Import when tickets were first answered, or their messages.",
    ),
    "few_ratings": (
        "Only {rated_count:ticket} with known times {rated_count:has} a rating, or too few customers gave them.",
        "Import ratings, or ask for them after each ticket.",
    ),
    "days_only": (
        "The dates of rated tickets have no time of day, which is too little to tell what goes with ratings.",
        "Import times with the dates.",
    ),
    "short_history": (
        "There {day_count:is} {day_count:day} of history; a season has to come round twice.",
        "Import older tickets to see what the year brings.",
    ),
    "few_agents": (
        "Fewer than two agents solved 30 tickets in the last year.",
        "Import who solved each ticket to compare agents fairly.",
    ),
    "not_compared": ("Agents have not been compared since tickets came in.", f"{_RUN}compare_agents"),
    "no_drivers": ("What goes with good and bad ratings has not been worked out yet.", f"{_RUN}analyse_drivers"),
    "no_churn": ("What goes with leaving has not been worked out yet.", f"{_RUN}score_churn"),
    "no_departures": (
        "It is not known which customers left.",
        "Import customers with the dates on which they left.",
    ),
    "few_departures": (
        "Only {departure_count:customer} {departure_count:is} known to have left: only strong effects can be told.",
        "Import older departures, or wait for more.",
    ),
    "no_forecast": ("There is no forecast of the next four weeks yet.", f"{_RUN}forecast_demand"),
    "no_roster": (
        "There is no roster of the coming week to hold against the people needed.",
        "Enter it on the Staffing page.",
    ),
    "no_country": (
        "It is not known whose public holidays the desk keeps, so none are allowed for.",
        "Say it with two letters such as ZA, or none: support-analytics calendar countries",
    ),
    "no_plan": (
        "There is no plan of how many people the coming week needs.",
        "The Staffing page says what it lacks; to have it now, run: support-analytics etl run plan_staffing",
    ),
}
"""What is missing -> why nothing can be said, and what to do."""
TOPICS: Final[Mapping[str, str]] = {
    "slowest": "What takes longest",
    "worst_targets": "Targets",
    "targets_at_risk": "Targets at risk",
    "support_need": "Who needs most support",
    "season": "Season",
    "odd_days": "Odd days",
    "ratings": "What goes with ratings",
    "agents": "Agents",
    "churn": "Customers who leave",
    "demand": "The weeks ahead",
    "staffing": "People",
    "holidays": "Public holidays",
}
