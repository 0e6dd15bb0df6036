"""What pages are given: answers from the database, remembered for as long as the data stays the same."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Concatenate, Final, ParamSpec, TypeVar, cast
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_caching import Cache
from redis.exceptions import RedisError

from portal.numbers.filters import Days, TicketFilters, from_search, is_filter
from portal.numbers.parameters import parameter_pairs
from portal.numbers.recorded import is_recorded
from portal.widgets.why_nothing import WhyNothing
from warehouse import metric_query
from warehouse.metric_query import DataVersion
from warehouse.work_queue.artefacts import Artefacts

_VERSION_SECONDS: Final = 1.0
"""How long a process goes without asking for the data version: all its viewers together ask once a second."""

_LONGEST_SILENCE: Final = timedelta(days=28)

_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")


@dataclass(slots=True)
class _LatestVersion:
    """The data version last read, and when."""

    value: DataVersion | None = None
    read_at: float = float("-inf")
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class PortalServices:
    """The portal's way to the database.

    Attributes:
        reader: Engine in the role that reads marts.
        editor: Engine in the role that changes what a manager may change.
        cache: Answers, shared by all requests of the process (or of all processes, in Redis).
        artefacts_url: Where files of queued work lie.
    """

    reader: sa.Engine
    editor: sa.Engine
    cache: Cache
    artefacts_url: str = "artefacts"
    _latest: _LatestVersion = field(default_factory=_LatestVersion)

    def data_version(self) -> DataVersion:
        """Return which data the marts hold, at most a second old."""
        with self._latest.lock:
            is_fresh = time.monotonic() - self._latest.read_at < _VERSION_SECONDS
            if self._latest.value is None or not is_fresh:
                with self.reader.connect() as connection:
                    self._latest.value = metric_query.data_version(connection)
                self._latest.read_at = time.monotonic()
            return self._latest.value

    def artefacts(self) -> Artefacts:
        """Return the files of queued work."""
        return Artefacts(self.artefacts_url)

    def days(self) -> Days:
        """Return the days there is data for; today alone when there is none.

        Old tickets may go on being solved for years after the last one came in. The days then end with the last
        creation, or the latest period would be all but empty.
        """
        version = self.data_version()
        created, last = version.last_created_date, version.last_date
        if created is not None and last is not None and last - created > _LONGEST_SILENCE:
            return Days(version.first_date or created, created)
        today = self.today()
        return Days(version.first_date or today, version.last_date or today)

    def today(self) -> date:
        """Return the present day where the desk is."""
        return datetime.now(UTC).astimezone(ZoneInfo(self.data_version().time_zone)).date()

    def filters(self, search: str) -> TicketFilters:
        """Read the filters of an address."""
        return from_search(search, self.days())[0]

    def why_nothing(self, search: str) -> WhyNothing:
        """Return what says why a card of an address has nothing to show."""
        kept = {name: value for name, value in parameter_pairs(search) if not is_filter(name)}
        return WhyNothing(self.filters(search), lambda metric: self.ask(is_recorded, metric), kept)

    def ask(
        self,
        query: Callable[Concatenate[sa.Connection, _Arguments], _Answer],
        *args: _Arguments.args,
        **kwargs: _Arguments.kwargs,
    ) -> _Answer:
        """Return a query's answer for the present data: exact, and computed once per data version.

        Args:
            query: A function of a topic's `query` module; its first argument is the connection.
            *args: Its other arguments; their `repr` tells one question from another.
            **kwargs: As above.
        """
        version = self.data_version()
        question = repr((query.__module__, query.__qualname__, args, sorted(kwargs.items()), version))
        key = sha256(question.encode()).hexdigest()
        # A shared cache that does not answer costs time, never the page.
        with suppress(RedisError):
            remembered = self.cache.get(key)
            if remembered is not None:
                return cast("_Answer", remembered[0])
        with self.reader.connect() as connection:
            answer = query(connection, *args, **kwargs)
        with suppress(RedisError):
            self.cache.set(key, (answer,))
        return answer
