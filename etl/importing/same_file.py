"""Recognises a file that was imported before, by its hash, whatever it is called now."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import file_digest
from pathlib import Path
from shlex import quote
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from analytics.notices import Notice
from etl.importing.history import PastImport, has_import_of_size, imports_of_file
from etl.importing.sources.file_input import is_pipe
from etl.importing.transforms.key_guess import JOIN
from etl.importing.transforms.questions import NOT_USED

AskAgain = Callable[[PastImport, str], None]
"""Asks a person whether to import a file a second time, and says how to correct the first import instead.

Raises an error unless they want it again.
"""


class SameFileCheck:
    """Asks before the rows of a file come in twice.

    Under the same source, kind and key the rows are recognised one by one, so nothing comes in twice and nobody is
    asked. A file's hash is known once it has been read. Before, only a file with the size of an earlier one is hashed,
    so that an ordinary import takes no longer.
    """

    def __init__(
        self, kind: str, source: str, key_columns: tuple[str, ...], zone: ZoneInfo, ask: AskAgain | None
    ) -> None:
        """Begin.

        Args:
            kind: What the rows are.
            source: Name under which the records will be kept.
            key_columns: Columns that make the key of a record.
            zone: Of the day on which it was imported before.
            ask: Asks a person; None means that the answer is known to be yes.
        """
        self._records = (kind, source, key_columns)
        self._zone = zone
        self._ask = ask
        self._earlier: PastImport | None = None

    def before(self, engine: sa.Engine, path: Path) -> None:
        """Ask before the import, if the file can be read twice.

        Raises:
            SupportAnalyticsError: If the file was imported before, and nobody wants it again.
        """
        if is_pipe(path) or not path.is_file():
            return
        with engine.connect() as connection:
            if has_import_of_size(connection, path.stat().st_size):
                with path.open("rb") as file:
                    self.known(connection, file_digest(file, "sha256").hexdigest())

    def known(self, connection: sa.Connection, file_sha256: str | None) -> None:
        """Ask once the hash is known; what was asked before is not asked again.

        Raises:
            SupportAnalyticsError: If the file was imported before, and nobody wants it again.
        """
        if file_sha256 is None or self._earlier is not None:
            return
        earlier = imports_of_file(connection, file_sha256)
        if not earlier:
            return
        same = [each for each in earlier if (each.kind, each.source, each.key_columns) == self._records]
        # An import that brought nothing in is not the one that a person has to know of.
        found = next((each for each in same or earlier if each.new_count != 0), (same or earlier)[0])
        self._earlier = replace(found, started_at=found.started_at.astimezone(self._zone))
        if not same and self._ask is not None:
            self._ask(self._earlier, self._remedy(self._earlier))

    def _remedy(self, earlier: PastImport) -> str:
        """Return how to import the file as it was imported before; only what differs is named."""
        kind, source, key_columns = self._records
        ways = []
        if earlier.kind != kind:
            ways.append(f"It was imported as {earlier.kind}: pass --kind {earlier.kind}.")
        if earlier.source != source:
            ways.append(f"It was imported under the source {earlier.source!r}: pass --source {quote(earlier.source)}.")
        if earlier.kind == kind and earlier.key_columns != key_columns:
            answer = quote(f"key={JOIN.join(earlier.key_columns) or NOT_USED}")
            ways.append(f"Its key was another: pass --answer {answer}, or the profile of then.")
        return " ".join(ways)

    def notices(self) -> Iterator[Notice]:
        """Yield that the file was imported before."""
        if self._earlier is not None:
            day = f"{self._earlier.started_at:%Y-%m-%d}"
            yield Notice("same_file", {"import_id": self._earlier.id, "source": self._earlier.source, "day": day})
