"""Reads the sentences that revision 0007 kept about what is missing, and returns their slugs and numbers."""

import ast
import re
from collections.abc import Mapping
from typing import Any, Final

_DRIVERS: Final = {
    "First reply time": "first_reply_time",
    "Resolution time": "resolution_time",
    "Number of messages": "contacts",
    "Several agents on a ticket": "several_agents",
    "Updates nobody asked for": "proactive_update",
    "The agent's experience": "agent_experience",
}
_OF_DRIVERS: Final = {
    "no_ratings": r"No ticket with a reply and a resolution has a rating, .+",
    "all_alike": r"Every rating is a (?P<rating>\d), .+",
    "too_few": (
        r"(?P<rated_count>\S+) ratings by (?P<customer_count>\S+) customers are too few .+"
        r" at least (?P<least_ratings>\d+) by (?P<least_customers>\d+) are needed\."
    ),
    "no_difference": r"(?P<driver>.+): rated tickets do not differ in it, .+",
    "not_compared": r"One agent or several: fewer than (?P<least_tickets>\d+) rated tickets .+",
}
_OF_CHURN: Final = {
    "no_customers": r"There are no customers with tickets yet\.",
    "nobody_left": r"Nobody has recorded which customers left, .+",
    "too_few_to_learn": r"(?P<departure_count>\S+) recorded departures, or the days they cover, are too few .+",
    "too_few_for_pain_points": r"Pain points need at least (?P<least_departures>\d+) recorded departures\.",
}
_GAPS: Final = {
    "few_solved": r"Fewer than two categories have 30 solved tickets .+",
    "few_targets": r"Hardly any ticket has a target .+",
    "few_customer_types": r"Fewer than two customer types .+",
    "few_ratings": r"Only (?P<rated_count>\d+) tickets with a reply have a rating\.",
    "short_history": r"There are (?P<day_count>\d+) days of history; .+",
    "few_agents": r"Fewer than two agents .+",
    "no_drivers": r"What goes with good and bad ratings has not been worked out yet, .+",
    "no_departures": r"It is not known which customers left, .+",
    "no_forecast": r"There is no forecast of the next four weeks yet\.",
    "no_plan": r"There is no plan yet of how many people .+",
}
REASONS: Final = {
    "late answers": "late_recently",
    "low ratings": "low_ratings_recently",
    "unresolved tickets": "unresolved_recently",
    "reopened tickets": "reopened_recently",
    "frustrated messages": "frustrated_recently",
    "open tickets": "open_now",
    "how often they wrote lately": "tickets_recently",
    "how often they write": "tickets_in_year",
    "writing more or less than usual": "trend",
    "their ratings on the whole": "mean_rating",
    "time since the last ticket": "silence_days",
    "a silence longer than usual": "silence_ratio",
    "how long they are customers": "customer_days",
}
"""Words that stood in `marts.churn_scores.reasons` -> slug."""
_ERRORS: Final = {
    "program_fault": r"The job broke off: a fault in the program\.",
    "database": r"The database refused or broke off the work \(\w+, (?P<state>.+)\)\.",
}
_NOT_KEPT: Final = "not_kept"
"""Stands for a sentence of which no slug was kept; the log has it."""
_OF_IMPORTS: Final = {
    "columns_missing": r"Columns of the profile that the file lacks: (?P<columns>.+)\.",
    "columns_kept": r"Kept in the tickets' metadata: (?P<columns>.+)\.",
    "no_key": r"The file has no key: .+",
    "rows_skipped": r"(?P<row_count>\d+) rows above the names of the columns were skipped\.",
    "column_without_name": r"Column (?P<position>\d+) has no name; it is kept as (?P<given>.+)\.",
    "column_repeated": r"Column (?P<position>\d+) repeats the name (?P<name>.+); it is kept as (?P<given>.+)\.",
}


def driver_notices(sentences: list[str]) -> list[dict[str, Any]]:
    """Return the notices of an analysis of satisfaction."""
    return [{"notice": slug, **facts} for slug, facts in (_read(each, _OF_DRIVERS) for each in sentences) if slug]


def churn_notices(sentences: list[str]) -> list[dict[str, Any]]:
    """Return the notices of an analysis of leaving."""
    return [{"notice": slug, **facts} for slug, facts in (_read(each, _OF_CHURN) for each in sentences) if slug]


def import_notices(sentences: list[str]) -> list[dict[str, Any]]:
    """Return the notices of an import."""
    return [{"notice": slug, **facts} for slug, facts in (_read(each, _OF_IMPORTS) for each in sentences) if slug]


def told_error(sentence: str) -> str:
    """Return the slug of what a job failed of."""
    for slug, template in _ERRORS.items():
        found = re.fullmatch(template, sentence, re.DOTALL)
        if found is not None:
            state = found.groupdict().get("state", "no SQLSTATE")
            return slug if state == "no SQLSTATE" else f"{slug}:{state}"
    return _NOT_KEPT


def told_gap(why: str) -> tuple[str, dict[str, Any]]:
    """Return what is missing for an insight, and its numbers; "" for a sentence that was never made."""
    return _read(why, _GAPS)


def _read(sentence: str, templates: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    for slug, template in templates.items():
        found = re.fullmatch(template, sentence, re.DOTALL)
        if found is not None:
            return slug, {name: _value(name, text) for name, text in found.groupdict().items()}
    return "", {}


def _value(name: str, text: str) -> int | str:
    if name == "driver":
        return _DRIVERS[text]
    if name == "columns":
        return text
    # Names of columns were written as Python writes them.
    return str(ast.literal_eval(text)) if name in {"name", "given"} else int(text.replace(",", ""))
