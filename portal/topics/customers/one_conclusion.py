"""What the page of one customer says above its numbers."""

from datetime import date, datetime, timedelta
from statistics import median

from portal.numbers import phrasing
from portal.numbers.called import Call
from portal.numbers.reason_words import REASONS
from portal.topics.customers.one_dataset import OneCustomer, OneTicket, Reason

_GOOD = 4
_SHORT = timedelta(days=1)


def headline(found: OneCustomer, calls: tuple[Call, ...], now: datetime) -> tuple[str, str]:
    """Say what is the matter with the customer, and whether anybody called."""
    return _matter(found, now), last_call(calls)


def _matter(found: OneCustomer, now: datetime) -> str:
    if found.left is not None:
        return f"Left on {phrasing.day(found.left, with_year=True)}."
    if not found.open:
        return "No ticket is open."
    oldest = found.open[0]
    age = now - oldest.created
    days = phrasing.plural(age.days, "day") if age >= _SHORT else "less than a day"
    others = len(found.open) - 1
    more = f", and {phrasing.plural(others, 'other')} {'is' if others == 1 else 'are'} open" if others else ""
    return f"Ticket {oldest.number} has been open for {days}{more}."


def last_call(calls: tuple[Call, ...]) -> str:
    """Say when somebody called last."""
    if not calls:
        return "Nobody has marked a call."
    last = calls[0]
    return f"The last call was on {phrasing.day(last.at, with_year=True)}, by {last.by}."


def reason(found: Reason) -> str:
    """Say why the customer may leave."""
    words = REASONS.get(found.slug) or phrasing.prettified(found.slug)
    return f"{words[:1].upper()}{words[1:]}"


def trend(found: OneCustomer) -> str:
    """Say how many tickets the last 90 days brought, against the 90 before."""
    return f"{phrasing.count(found.recent)} in 90 days, {phrasing.count(found.before)} in the 90 before"


def median_reply(found: OneCustomer) -> str:
    """Return how long the customer usually waits for a first reply."""
    known = [each.first_reply for each in found.tickets if each.first_reply is not None]
    return phrasing.duration(median(known)) if known else "not known"


def good_ratings(found: OneCustomer) -> str:
    """Return how many ratings were good."""
    ratings = found.ratings
    return f"{sum(each >= _GOOD for each in ratings)} of {len(ratings)}" if ratings else "none yet"


def last_ratings(found: OneCustomer) -> str:
    """Return the latest ratings, newest first."""
    latest = found.ratings[:2]
    return f"latest: {', '.join(str(each) for each in latest)}" if latest else ""


def agents_met(found: OneCustomer) -> int:
    """Return with how many agents' tickets the customer has dealt."""
    return len({each.agent for each in found.tickets if each.agent})


def history(found: OneCustomer, since: date) -> str:
    """Say how the customer's tickets of the last twelve months sounded."""
    shown = [each for each in found.tickets if each.created.date() >= since]
    heard = [each for each in shown if each.sentiment]
    frustrated = sum(each.sentiment == "frustrated" for each in heard)
    tickets = phrasing.plural(len(shown), "ticket")
    if not heard:
        return f"{tickets} in twelve months; how they sound is not known."
    return f"{tickets} in twelve months, {phrasing.count(frustrated)} of {phrasing.count(len(heard))} sound frustrated."


def due(ticket: OneTicket, now: datetime) -> tuple[str, str]:
    """Return when an open ticket falls due, and whether that is bad news."""
    if ticket.due is None:
        return "no target runs", "muted"
    minutes = (ticket.due - now).total_seconds() / 60
    if minutes < 0:
        return f"overdue by {phrasing.duration(-minutes)}", "bad"
    return f"due in {phrasing.duration(minutes)}", ""
