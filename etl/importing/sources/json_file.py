"""Reads JSON as APIs give it: a list of tickets, an object with such a list in it, or one ticket a line."""

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from typing import Any, Final

from analytics.notices import Notice
from etl.importing.sources.errors import FileKindError, FileTooLargeError, HeaderError
from etl.importing.sources.file_bytes import FileBytes
from etl.importing.sources.json_cells import cells_of
from etl.importing.sources.json_text import JsonText
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.record_store import RecordStore
from etl.importing.sources.source_table import Judge, SourceTable, header_of
from etl.importing.sources.text_encoding import check_encoding, detect_encoding, error_handler

_BEGINNING: Final = re.compile(r'\ufeff?\s*(\{\s*["}]|\[\s*[{\[\]"])')
_LOOK_AHEAD: Final = 4 * 1024 * 1024
_DEEPEST_LIST: Final = 6
_MOST_LISTS: Final = 50
_KEYS: Final = ("id", "key", "number", "sys_id", "ticket_id", "iid", "uuid")
_WHOLE: Final = "records"
_HINT: Final = (
    'A list of tickets, an object with such a list such as {"tickets": [...]}, or one ticket a line can be read.'
)


def is_json(beginning: str) -> bool:
    """Say whether a text begins as JSON does that may hold tickets."""
    return _BEGINNING.match(beginning) is not None


def open_json(
    content: "io.BufferedReader[Any]",
    file: FileBytes,
    limits: ImportLimits,
    stack: ExitStack,
    chosen: str,
    judge: Judge,
) -> SourceTable:
    """Open a JSON file as a table; every name that any of the records has is a column.

    Args:
        content: The JSON.
        file: The file, for progress and hash.
        limits: Bounds on what is read.
        stack: Closes what is kept on disk.
        chosen: Name of the list to read; "" is the one that looks most like tickets.
        judge: Says how much a list looks like tickets.

    Raises:
        ImportFileError: If it is damaged, too large, or holds no list of objects.
    """
    encoding = detect_encoding(content.peek(_LOOK_AHEAD))
    text = io.TextIOWrapper(content, encoding=check_encoding(encoding), errors=error_handler(encoding), newline="")
    lists = _Lists(JsonText(text, limits.line_characters), limits, stack)
    lists.read()
    name, store = lists.choose(chosen, judge)
    others = tuple(
        Notice("list_not_read", {"name": each, "row_count": other.count, "is_cut": False})
        for each, other in lists.found.items()
        if other is not store and other.count
    )
    header = replace(header_of(store.names, limits).saying(others), lists=frozenset(store.lists))
    return SourceTable(header, store.rows(), f"JSON, {lists.kind.format(name=name)}", file)


class _Lists:
    """The lists of objects in a JSON text.

    Attributes:
        found: Name of a list, with dots if it is nested -> its objects.
        kind: How the text is built, for a person.
    """

    def __init__(self, source: JsonText, limits: ImportLimits, stack: ExitStack) -> None:
        self._source = source
        self._limits = limits
        self._stack = stack
        self.found: dict[str, RecordStore] = {}
        self.kind = "list {name!r}"

    def read(self) -> None:
        """Read the whole text."""
        if self._source.next_sign() == "[":
            self.kind = "list of records"
            self._read_list(_WHOLE)
        else:
            value, behind = self._source.look_ahead(_LOOK_AHEAD)
            if behind == "{":
                self.kind = "a record a line"
                self._read_lines()
            elif isinstance(value, dict) and (_is_record(_unwrapped(value)) or not _has_lists(value)):
                self.kind = "one record"
                self._source.value()
                store = self._store(_WHOLE)
                store.add(1, cells_of(_unwrapped(value), store.lists))
            else:
                self._read_object("", 0)
        if self._source.next_sign():
            self._source.take("")

    def choose(self, name: str, judge: Judge) -> tuple[str, RecordStore]:
        """Return the name of the list to read, and its objects."""
        filled = {each: store for each, store in self.found.items() if store.count}
        if name and name not in filled and filled.keys() != {_WHOLE}:
            message = f"The file has no list {name!r} with objects in it."
            raise FileKindError(message, f"It has: {', '.join(filled) or 'none'}.")
        if not filled:
            message = "The JSON file has no list with tickets in it."
            raise HeaderError(message, _HINT)
        best = name or max(filled, key=lambda each: judge(filled[each].names, filled[each].sample()))
        return (best, filled[best]) if best in filled else (_WHOLE, filled[_WHOLE])

    def _read_lines(self) -> None:
        unwrap: str | None = None
        store = self._store(_WHOLE)
        while self._source.next_sign():
            line_number = self._source.line_number
            unwrap = self._add(store, line_number, self._source.value(), unwrap)
            self._source.has(",")

    def _read_list(self, name: str) -> None:
        source, number = self._source, 0
        unwrap: str | None = None
        source.take("[")
        while not source.has("]"):
            number += 1
            unwrap = self._add(self._store(name), number, source.value(), unwrap)
            if not source.has(",") and source.next_sign() != "]":
                source.take(",")

    def _read_object(self, prefix: str, depth: int) -> None:
        source = self._source
        source.take("{")
        while not source.has("}"):
            key = str(source.value())
            source.take(":")
            name = f"{prefix}{key}"
            if source.next_sign() == "[":
                self._read_list(name)
            elif source.next_sign() == "{" and depth < _DEEPEST_LIST:
                self._read_object(f"{name}.", depth + 1)
            else:
                source.value()
            if not source.has(",") and source.next_sign() != "}":
                source.take(",")

    def _add(self, store: RecordStore, number: int, value: Any, unwrap: str | None) -> str:  # noqa: ANN401 - from JSON
        """Keep a value if it is an object, and return the name in which the objects are wrapped, "" if in none."""
        if not isinstance(value, dict):
            if store is self.found.get(_WHOLE):
                message = f"Record {number} of the JSON file is not an object with names and values."
                raise FileKindError(message, _HINT)
            return unwrap or ""
        if unwrap is None:
            inner = _unwrapped(value)
            unwrap = "" if inner is value else next(iter(value))
        inside = value.get(unwrap) if unwrap and len(value) == 1 else None
        store.add(number, cells_of(inside if isinstance(inside, dict) else value, store.lists))
        return unwrap

    def _store(self, name: str) -> RecordStore:
        if name not in self.found:
            if len(self.found) >= _MOST_LISTS:
                message = f"The JSON file has more than {_MOST_LISTS} lists of objects."
                raise FileTooLargeError(message, "Export only the tickets.")
            self.found[name] = RecordStore(self._stack, self._limits)
        return self.found[name]


def _unwrapped(value: dict[str, Any]) -> dict[str, Any]:
    """Return what is inside an object whose only value is an object, such as {"ticket": {...}}; else the object."""
    inner = next(iter(value.values())) if len(value) == 1 else None
    return inner if isinstance(inner, dict) else value


def _is_record(value: Mapping[str, Any]) -> bool:
    return any(isinstance(value.get(key), str) for key in _KEYS)


def _has_lists(value: Mapping[str, Any]) -> bool:
    return any(_holds_objects(each) for each in _values(value, 0))


def _holds_objects(value: object) -> bool:
    return isinstance(value, list) and (not value or any(isinstance(each, dict) for each in value))


def _values(value: Mapping[str, Any], depth: int) -> Iterator[Any]:
    for each in value.values():
        yield each
        if isinstance(each, dict) and depth < _DEEPEST_LIST:
            yield from _values(each, depth + 1)
