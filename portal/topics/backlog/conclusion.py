"""What the cards of the Backlog page say."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from analytics.vocabulary import SOLVED_STATUSES
from portal.numbers import phrasing
from portal.topics.backlog.dataset import FollowUp, Forgotten, Unanswered

HOW: Final = {"phone": "Answered by phone", "dismissed": "Needs no answer"}
NOT_RECORDED: Final = "What was said is not recorded."


def forgotten(dataset: Forgotten, marked: int) -> str:
    """Say how many customers wait whose ticket nobody looks at any more, and how many wait in open tickets.

    Args:
        dataset: Without those that are marked as done.
        marked: How many are.
    """
    done = sum(each.status in SOLVED_STATUSES for each in dataset.waiting)
    still_open = len(dataset.waiting) - done
    if not dataset.waiting:
        return f"Every customer who waited is marked as done: {phrasing.count(marked)}." if marked else NOBODY
    said = f"{phrasing.plural(still_open, 'open ticket')} {_ends(still_open)} with the customer's words."
    if not done:
        return f"No solved or closed ticket ends with a customer's unanswered words; {said}"
    return f"{phrasing.plural(done, 'solved or closed ticket')} {_ends(done)} with words nobody answered; {said}"


NOBODY: Final = "Nobody waits: every customer's last message was answered, or only thanks."
NOBODY_HERE: Final = "Nobody waits among the tickets that match these filters."
NOT_KNOWN: Final = "Who waits is not known: not every message is recorded here."
TO_KNOW: Final = "They come with an import of the tickets’ messages."


def nobody(dataset: Forgotten) -> tuple[str, str]:
    """Say why the list is empty, and what to do; without every message nobody knows that nobody waits."""
    if not dataset.is_complete:
        return NOT_KNOWN, TO_KNOW
    return NOBODY_HERE if dataset.is_filtered else NOBODY, counted(dataset)


def counted(dataset: Forgotten) -> str:
    """Say which days and which messages the list is about, and what it cannot know."""
    parts = ["All days, whatever the period."]
    if dataset.thanked:
        last = "last message that only thanks is" if dataset.thanked == 1 else "last messages that only thank are"
        parts.append(f"{phrasing.count(dataset.thanked)} {last} left out.")
    if not dataset.is_complete:
        parts.append("Not every message is recorded here, so others may wait too.")
    return " ".join(parts)


def words(row: Unanswered) -> str:
    """Return what was said; the ticket's subject, called so, where that was not recorded."""
    if row.text:
        return row.text
    return f"{row.subject} (the subject; what was said is not recorded)" if row.subject else NOT_RECORDED


def _ends(number: int) -> str:
    return "ends" if number == 1 else "end"


def ago(then: datetime, now: datetime | None) -> str:
    """Say how long ago something was said, as of the data's instant."""
    if now is None:
        return phrasing.NOT_KNOWN
    return f"{phrasing.duration(max(0.0, (now - then).total_seconds() / 60))} ago"


def done(mark: FollowUp, zone: str) -> str:
    """Say what was done, by whom, and on which day by the desk's clock."""
    day = mark.marked_at.astimezone(ZoneInfo(zone)).date()
    return f"{HOW[mark.how]}: {mark.actor}, {phrasing.day(day, with_year=True)}"
