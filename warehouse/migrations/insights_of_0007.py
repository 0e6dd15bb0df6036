"""Reads the sentences that revision 0007 kept as insights, and returns the slug and the numbers they were made from."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

Facts = dict[str, Any]
Row = Mapping[str, Any]

_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MINUTES: Final = {"min": 1.0, "h": 60.0, "days": 1440.0}
_JUST_UNDER_TWO_DAYS: Final = 2879.0
"""Was told as 48.0 h; two days and more were told in days."""
_DURATION: Final = r"([\d.]+\u00a0\w+)"
_SHARE: Final = r"(\d+\u202f%)"
_HOUR: Final = r"(?P<weekday>\w+) at (?P<hour>\d\d):00"


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence was made from.

    Attributes:
        claim: Slug of what it says.
        subject: What it is about, as slugs.
        facts: Its numbers.
    """

    claim: str
    subject: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """What sentences named that only the database knows by its slug.

    Attributes:
        categories: Name -> slug.
        changes: (category, first odd day) -> what was different on these days.
    """

    categories: Mapping[str, str]
    changes: Mapping[tuple[str, date], Sequence[Mapping[str, Any]]]


def told_insight(row: Row, desk: Desk) -> Told | None:
    """Return what a row of `marts.insights` says; None where its sentences are none that were ever made.

    Args:
        row: As revision 0007 kept it.
        desk: The desk.
    """
    for read in _READERS[row["topic"]]:
        found = read(row, desk)
        if found is not None:
            return found
    return None


def _slowest(row: Row, desk: Desk) -> Told | None:
    title = re.fullmatch(
        rf".+ takes longest: {_DURATION} on average \((business hours|all hours counted)\)", row["title"], re.DOTALL
    )
    detail = re.fullmatch(
        rf"The mean is between {_DURATION} and {_DURATION}, n .+ other tickets\. Next is (.+) with {_DURATION}\.",
        row["detail"],
        re.DOTALL,
    )
    if title is None or detail is None:
        return None
    category, next_name = _filter(row, "category"), detail[3]
    facts = {
        "category": category,
        "mean_minutes": _minutes(title[1]),
        "low_minutes": _minutes(detail[1]),
        "high_minutes": _minutes(detail[2]),
        "clock": "business" if title[2] == "business hours" else "calendar",
        "next_category": desk.categories.get(next_name, next_name),
        "next_mean_minutes": _minutes(detail[4]),
    }
    return Told("slowest_category", category, facts)


def _worst_targets(row: Row, _desk: Desk) -> Told | None:
    title = re.search(rf": {_SHARE} of tickets miss a target, more than anywhere else$", row["title"])
    detail = re.match(rf"Between {_SHARE} and {_SHARE}, n ", row["detail"])
    if title is None or detail is None:
        return None
    category, priority = _filter(row, "category"), _filter(row, "priority")
    facts = {"category": category, "priority": priority, "missed_share": _share(title[1])}
    facts |= {"low": _share(detail[1]), "high": _share(detail[2])}
    return Told("most_missed_targets", f"{category}/{priority}", facts)


def _support_need(row: Row, _desk: Desk) -> Told | None:
    title = re.search(r" need the most support: (\S+) tickets a customer in a year$", row["title"])
    detail = re.match(r"Between (\S+) and (\S+), over .+ who wrote\. Other customers write (\S+) each: ", row["detail"])
    if title is None or detail is None:
        return None
    kind = _filter(row, "customer_type")
    facts = {"customer_type": kind, "tickets_a_customer": float(title[1])}
    facts |= {"low": float(detail[1]), "high": float(detail[2]), "tickets_a_customer_elsewhere": float(detail[3])}
    return Told("most_tickets_a_customer", kind, facts)


def _targets_met(row: Row, _desk: Desk) -> Told | None:
    title = re.fullmatch(rf"Targets met (?:fell|rose) from {_SHARE} to {_SHARE}", row["title"])
    detail = re.search(r", n \S+ and (\S+) targets\.$", row["detail"])
    if title is None or detail is None:
        return None
    shares = {"met_share_before": _share(title[1]), "met_share": _share(title[2])}
    return Told("targets_met", "all", {**shares, "target_count_before": _count(detail[1])})


def _season(row: Row, _desk: Desk) -> Told | None:
    years = re.search(r" seen in (\d+) years, ", row["detail"])
    if years is None:
        return None
    category, _, start = row["subject"].rpartition(":")
    again = re.match(r"It begins again (?:in (\d+) months?|(next month)|now or within weeks): ", row["action"])
    months = 0 if again is None else 1 if again[2] else int(again[1] or 0)
    facts = {"category": category, "start_half": int(start), "half_count": _halves(row["start_date"], row["end_date"])}
    return Told("season", row["subject"], {**facts, "year_count": int(years[1]), "months_until": months})


def _odd_days(row: Row, desk: Desk) -> Told | None:
    title = re.search(r": (\S+), not (\S+)$", row["title"])
    detail = re.match(r"(\S+) to (\S+) would have been usual for these days, ", row["detail"])
    category, _, first = row["subject"].rpartition(":")
    changes = desk.changes.get((category, date.fromisoformat(first)))
    if title is None or detail is None or changes is None:
        return None
    observed, expected, low, high = map(_count, (*title.groups(), *detail.groups()))
    facts = {"category": category, "observed": observed, "expected": expected, "low": low, "high": high}
    return Told("odd_days", row["subject"], {**facts, "changes": [dict(each) for each in changes]})


def _quick_replies(row: Row, _desk: Desk) -> Told | None:
    title = re.fullmatch(rf"Tickets answered within {_DURATION} are rated \S+ points (?:better|worse)", row["title"])
    return None if title is None else Told("quick_replies", "quick_replies", {"median_minutes": _minutes(title[1])})


def _driver(row: Row, _desk: Desk) -> Told:
    facts: Facts = {"driver": row["subject"], "is_supported": "can be told from chance" not in row["title"]}
    means = told_means(row["title"])
    if means is not None:
        facts |= {"same_agent_mean": means[0], "several_agents_mean": means[1]}
    return Told("driver", row["subject"], facts)


def told_means(sentence: str) -> tuple[float, float] | None:
    """Return the two mean ratings that a sentence about one agent and several tells; None where it tells none."""
    found = re.search(r": (\d\.\d\d) against (\d\.\d\d)", sentence)
    return None if found is None else (float(found[1]), float(found[2]))


def _agents(row: Row, _desk: Desk) -> Told | None:
    title = re.match(r"(\d+) of (\S+) agents? takes? longer than ", row["title"])
    if title is None:
        return None
    return Told("slower_agents", "slower", {"slower_count": int(title[1]), "compared_count": _count(title[2])})


def _churn(row: Row, _desk: Desk) -> Told:
    kind = "experience" if row["action"] == "Call the customers it happened to." else "category"
    return Told(f"leaving_after_{kind}", row["subject"], {kind: row["subject"]})


def _demand(_row: Row, _desk: Desk) -> Told:
    return Told("demand_ahead", "four_weeks")


def _roster(row: Row, _desk: Desk) -> Told | None:
    title = re.search(rf", most on {_HOUR}$", row["title"])
    return None if title is None else Told("short_roster", "roster", _hour(title))


def _people(row: Row, _desk: Desk) -> Told | None:
    title = re.search(rf" at once, on {_HOUR}$", row["title"])
    detail = re.search(r", (\S+) on average over ", row["detail"])
    if title is None or detail is None:
        return None
    return Told("people_needed", "people", {**_hour(title), "usual_people": float(detail[1])})


def _hour(title: re.Match[str]) -> Facts:
    return {"weekday": _WEEKDAYS.index(title["weekday"]), "hour": int(title["hour"])}


def _filter(row: Row, dimension: str) -> str:
    return str(row["filters"][dimension][0])


def _minutes(text: str) -> float:
    """Return a duration such as "2.1 h" (its space does not break) in minutes."""
    number, unit = text.split("\u00a0")
    minutes = float(number) * _MINUTES[unit]
    return min(minutes, _JUST_UNDER_TWO_DAYS) if unit == "h" else minutes


def _share(text: str) -> float:
    return int(text.removesuffix("\u202f%")) / 100


def _count(text: str) -> int:
    return int(text.replace(",", ""))


def _halves(start: date, end: date) -> int:
    """Return how many halves of months lie between two days that begin one."""
    first, after = (24 * each.year + 2 * (each.month - 1) + int(each.day > 1) for each in (start, end))
    return after - first


_READERS: Final[Mapping[str, tuple[Callable[[Row, Desk], Told | None], ...]]] = {
    "slowest": (_slowest,),
    "worst_targets": (_worst_targets,),
    "support_need": (_support_need,),
    "targets_at_risk": (_targets_met,),
    "season": (_season,),
    "odd_days": (_odd_days,),
    "ratings": (_quick_replies, _driver),
    "agents": (_agents,),
    "churn": (_churn,),
    "demand": (_demand,),
    "staffing": (_roster, _people),
}
