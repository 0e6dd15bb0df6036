"""How late something is, or how soon it falls due, in grades that tell what is still worth acting on."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from analytics.vocabulary import DUE_SOON


class Lateness(StrEnum):
    """A grade; its value is also the name of the part of the open tickets that it is."""

    SOON = "due_soon"
    HOURS = "late_hours"
    DAYS = "late_days"
    WEEKS = "late_weeks"


LATE_FROM: Final = {
    Lateness.HOURS: timedelta(),
    Lateness.DAYS: timedelta(days=1),
    Lateness.WEEKS: timedelta(days=7),
}
"""Grade -> how long past its time something is at least, the least late first."""


def lateness(due_at: datetime, now: datetime) -> Lateness | None:
    """Return the grade of what falls due at an instant; None when there is time yet."""
    late = now - due_at
    if late <= timedelta():
        return Lateness.SOON if -late < DUE_SOON else None
    return [grade for grade, least in LATE_FROM.items() if late >= least][-1]
