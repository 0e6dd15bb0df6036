"""Settles a ticket's status and dates, which depend on one another."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from analytics.vocabulary import SOLVED_STATUSES
from etl.importing.transforms.cell_parsers import LEFT
from etl.importing.transforms.cell_rules import NULL
from etl.importing.transforms.instants import InstantReader, Moment
from etl.importing.transforms.reasons import FieldError, Rule
from etl.importing.vocabulary.ticket_fields import OFFERED

_FIRST_YEAR: Final = 1971
"""A creation before is a default of a machine, such as 1900 or the beginning of 1970."""
_CLOCK_DIFFERENCE: Final = timedelta(minutes=5)
"""Two clocks of a source may differ by this much."""
_MORE: Final = frozenset({"closed_at", "first_replied_at", "first_reply_time", "source_sla_met"})
_ENDS: Final = ("resolved_at", "closed_at", "resolution_time")
_EXCLUSIONS: Final = frozenset({"spam", "merged", "test"})


class TicketDates:
    """Settles the dates of the tickets of one file.

    A ticket that is solved without a date of it is taken for solved when it was closed, else when it last changed. Of
    a ticket that is not solved, dates of solving and closing are kept aside.
    """

    def __init__(
        self,
        slots: Mapping[str, int],
        places: Mapping[str, int],
        instants: InstantReader,
        *,
        implies_offers: bool = False,
        excluding_tags: Mapping[str, str] | None = None,
        is_no_status: Callable[[str], bool] = "".__eq__,
    ) -> None:
        """Keep what the fields' places are.

        Args:
            slots: Field -> its place in the list of a ticket's fields.
            places: Field -> place of its column in the row.
            instants: Reads dates and times.
            implies_offers: Whether the source says of each ticket whether a rating was asked for.
            excluding_tags: Tag -> why a ticket with it is left out of metrics.
            is_no_status: Says whether a cell of the status holds nothing.
        """
        self._slots = slots
        self._places = places
        self._created_cell = places["created_at"]
        self._instants = instants
        self._implies_offers = implies_offers
        self._excluding = {f'"{tag}"': reason for tag, reason in (excluding_tags or {}).items()}
        self._created, self._resolved = slots["created_at"], slots["resolved_at"]
        self._status, self._date_only = slots["status"], slots["is_date_only"]
        self._has_more = not _MORE.isdisjoint(slots)
        self._has_time = "resolution_time" in slots
        self._may_exclude = bool(self._excluding) or "merged_into" in slots
        self._status_cell, self._is_no_status = places.get("status"), is_no_status
        self._ends = [(name, slots[name]) for name in _ENDS if name in places]
        self._exclusion, self._score = slots.get("exclusion"), slots.get("customer_satisfaction_score")

    def settle(self, fields: list[str], read: Sequence[str], aside: dict[str, Rule], moved: list[str]) -> None:
        """Complete a ticket's fields.

        Args:
            fields: The fields, as they were read.
            read: The cells of the row.
            aside: Takes the fields whose cells cannot be used, with the reason.
            moved: Takes the slug of each date that comes from elsewhere.

        Raises:
            FieldError: If the ticket has no creation.
        """
        if fields[self._created] is NULL:
            raise FieldError(Rule.MISSING)
        created = self._instants.read(read[self._created_cell].strip())
        if created.day.year < _FIRST_YEAR:
            raise FieldError(Rule.DATE_OUT_OF_RANGE)
        if self._may_exclude or fields[self._status] in _EXCLUSIONS:
            self._exclude(fields)
        has_resolved = fields[self._resolved] is not NULL or self._has_time
        solved = self._solved(fields, read, created, aside, moved) if has_resolved else None
        if fields[self._status] is NULL:
            self._take_status(fields, read, aside, moved, is_solved=solved is not None)
        is_solved = fields[self._status] in SOLVED_STATUSES
        if is_solved and solved is None:
            solved = self._solved_elsewhere(fields, read, created, moved)
        if not is_solved:
            solved = None
            self._keep_ends(fields, aside)
        self._store(fields, created, solved, aside)
        if self._has_more:
            self._settle_more(fields, read, created, aside, moved, is_solved=is_solved)
        if self._score is not None and fields[self._score] is not NULL:
            self._settle_survey(fields, moved)

    def _moment(self, read: Sequence[str], name: str) -> Moment:
        return self._instants.read(read[self._places[name]].strip())

    def _take_status(
        self, fields: list[str], read: Sequence[str], aside: dict[str, Rule], moved: list[str], *, is_solved: bool
    ) -> None:
        """Let the dates say how a ticket stands whose status does not; tell of what neither says."""
        has_closed = self._is_given(fields, "closed_at")
        fields[self._status] = "resolved" if is_solved else "closed" if has_closed else "open"
        if self._status_cell is None:
            return
        if fields[self._status] == "open":
            moved.append("status_not_known")
        if not self._is_no_status(read[self._status_cell].strip()):
            aside.setdefault("status", Rule.LEFT_UNUSED)

    def _keep_ends(self, fields: list[str], aside: dict[str, Rule]) -> None:
        """Keep aside what a ticket that is open says of its end."""
        for name, slot in self._ends:
            if fields[slot] is not NULL:
                aside.setdefault(name, Rule.STILL_OPEN)

    def _exclude(self, fields: list[str]) -> None:
        """Split words such as "merged" into a closed status and the reason why the ticket is left out."""
        status = fields[self._status]
        if status in _EXCLUSIONS and self._exclusion is not None:
            fields[self._exclusion] = status
            fields[self._status] = "closed"
        if self._excluding and self._is_given(fields, "tags") and self._exclusion is not None:
            tags = fields[self._slots["tags"]]
            for tag, reason in self._excluding.items():
                if tag in tags:
                    fields[self._exclusion] = reason
        target = self._slots.get("merged_into")
        if target is not None and fields[target] is not NULL and self._exclusion is not None:
            fields[self._exclusion] = "merged"

    def _is_given(self, fields: list[str], name: str) -> bool:
        place = self._slots.get(name)
        return place is not None and fields[place] is not NULL

    def _solved(
        self, fields: list[str], read: Sequence[str], created: Moment, aside: dict[str, Rule], moved: list[str]
    ) -> Moment | None:
        """Return when the ticket was solved, as the file says."""
        if fields[self._resolved] is not NULL:
            solved = self._not_before(self._moment(read, "resolved_at"), created, moved)
            if solved is None:
                aside["resolved_at"] = Rule.CLOSED_BEFORE_OPENED
            return solved
        if self._is_given(fields, "resolution_time") and not created.is_date:
            return self._instants.after(created, int(fields[self._slots["resolution_time"]]))
        return None

    def _not_before(self, moment: Moment, created: Moment, moved: list[str]) -> Moment | None:
        """Return a moment that does not lie before the creation, the clocks' difference set aside; else None."""
        if created.is_date or moment.is_date:
            return moment if moment.day >= created.day else None
        if moment.instant >= created.instant:
            return moment
        later = self._instants.later_reading(moment)
        if later.instant >= created.instant:
            return later
        if created.instant - moment.instant > _CLOCK_DIFFERENCE:
            return None
        moved.append("clocks_differ")
        return created

    def _solved_elsewhere(
        self, fields: list[str], read: Sequence[str], created: Moment, moved: list[str]
    ) -> Moment | None:
        """Return the date of closing, else of the last change, for a ticket that is solved without a date of it."""
        for name, slug in (("closed_at", "solved_when_closed"), ("source_changed_at", "solved_when_changed")):
            if self._is_given(fields, name):
                moment = self._not_before(self._moment(read, name), created, moved)
                if moment is not None:
                    moved.append(slug)
                    return moment
        moved.append("solved_not_known_when")
        return None

    def _store(self, fields: list[str], created: Moment, solved: Moment | None, aside: dict[str, Rule]) -> None:
        """Store both; if one of them is a date, both are, and the other's time of day is kept aside."""
        is_date = created.is_date or (solved is not None and solved.is_date)
        fields[self._date_only] = "t" if is_date else "f"
        if is_date and not created.is_date:
            fields[self._created] = self._instants.of_date(created.day).text
            if not self._instants.is_midnight(created):
                aside["created_at"] = Rule.COUNTS_BY_DAYS
        if is_date and solved is not None and not solved.is_date:
            if fields[self._resolved] is not NULL and not self._instants.is_midnight(solved):
                aside.setdefault("resolved_at", Rule.COUNTS_BY_DAYS)
            solved = self._instants.of_date(solved.day)
        fields[self._resolved] = NULL if solved is None else solved.text

    def _settle_more(
        self,
        fields: list[str],
        read: Sequence[str],
        created: Moment,
        aside: dict[str, Rule],
        moved: list[str],
        *,
        is_solved: bool,
    ) -> None:
        """Settle the fields that few files have."""
        if "closed_at" in self._slots and not is_solved:
            fields[self._slots["closed_at"]] = NULL
        for name in ("closed_at", "first_replied_at"):
            if self._is_given(fields, name) and name in self._places:
                moment = self._not_before(self._moment(read, name), created, moved)
                fields[self._slots[name]] = NULL if moment is None else moment.text
                if moment is None:
                    aside[name] = Rule.CLOSED_BEFORE_OPENED
        has_reply = self._is_given(fields, "first_reply_time") and not self._is_given(fields, "first_replied_at")
        if has_reply and not created.is_date:
            seconds = int(fields[self._slots["first_reply_time"]])
            fields[self._slots["first_replied_at"]] = self._instants.after(created, seconds).text
        if self._is_given(fields, "source_sla_met") and fields[self._slots["source_sla_met"]] == LEFT:
            fields[self._slots["source_sla_met"]] = "t" if is_solved else NULL

    def _settle_survey(self, fields: list[str], moved: list[str]) -> None:
        """Tell a rating that was asked for from one that was given. The day it was asked for is that of the solving."""
        if self._score is None:
            return
        is_offered = fields[self._score] == OFFERED
        if is_offered:
            fields[self._score] = NULL
        is_dated = self._is_given(fields, "survey_offered_at") or fields[self._resolved] is NULL
        if (is_offered or self._implies_offers) and not is_dated:
            fields[self._slots["survey_offered_at"]] = fields[self._resolved]
            moved.append("surveys_dated_as_solved")
        if not is_offered and not self._is_given(fields, "rated_at"):
            moved.append("ratings_without_date")
