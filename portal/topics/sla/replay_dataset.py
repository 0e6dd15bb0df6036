"""A policy as it stands, and what a replay of another one told."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PolicyNow:
    """A policy that holds now.

    Attributes:
        name: Its name.
        minutes: Promised to the first reply, to a next reply and to the resolution; None for nothing.
        pauses: Whether the clock of the resolution stands still in some status.
        has_hours: Whether only open hours count.
    """

    name: str
    minutes: tuple[int | None, int | None, int | None]
    pauses: bool
    has_hours: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a replay told, or how far it is.

    Attributes:
        number: Of the work.
        state: "waiting", "running", "done", "failed" or "cancelled".
        is_saving: Whether it saves what was replayed.
        policy: Its name.
        changes: What was tried, in words.
        first: First day of the tickets; None until it is done.
        before: Tickets that met every target, and those judged, as it was.
        after: As it would be.
        weeks: Monday, met and judged as it was, met and judged as it would be.
        changed: Tickets that get another verdict.
        to_met: Those that then meet every target.
        to_missed: Those that then miss one.
        tickets: The latest of them: number, whether every target was met, whether it then would be; None for neither.
    """

    number: int
    state: str
    is_saving: bool
    policy: str
    changes: tuple[str, ...]
    first: date | None = None
    before: tuple[int, int] = (0, 0)
    after: tuple[int, int] = (0, 0)
    weeks: tuple[tuple[date, int, int, int, int], ...] = ()
    changed: int = 0
    to_met: int = 0
    to_missed: int = 0
    tickets: tuple[tuple[int, bool | None, bool | None], ...] = ()
