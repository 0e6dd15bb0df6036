"""A rules document as JSON: untrusted bytes are checked when read, and equal rules are written as equal bytes."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Never, TypeVar

from classifier_service.classification import Priority, Urgency
from classifier_service.rules.entries import Category, Keyword, PriorityRule, refuse

MAX_BYTES: Final = 8 * 1024 * 1024
FORMAT: Final = 1
_HINT: Final = "docs/classifier.md shows a rules document."
_Value = TypeVar("_Value")


def write_document(fields: Mapping[str, Any]) -> bytes:
    """Return canonical JSON: keys sorted, no spaces, UTF-8 without escapes."""
    return json.dumps(
        {"format": FORMAT, **fields}, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def read_document(content: bytes) -> dict[str, Any]:
    """Return the fields of a rules document, each of the right type.

    Raises:
        InvalidRulesError: If there are too many bytes, they are not JSON, or an entry is missing, wrong or unknown.
    """
    table = _Table(_parse(content), "the document")
    if table.take("format", int) != FORMAT:
        refuse("The rules document has a format that this version cannot read", _HINT)
    fields = {
        "categories": tuple(table.each("categories", _category)),
        "keywords": tuple(table.each("keywords", _keyword)),
        "priority_rules": tuple(table.each("priority_rules", _priority_rule)),
        "languages": tuple(_text(each, "languages") for each in table.take("languages", list)),
        "abstention_threshold": table.take_number_or_none("abstention_threshold"),
    }
    table.end()
    return fields


class _Table:
    """A JSON object whose entries are taken one by one; an entry left over at the end is an error."""

    def __init__(self, value: object, where: str) -> None:
        if not isinstance(value, dict):
            refuse(f"In {where}: not a table", _HINT)
        self._left: dict[str, object] = dict(value)
        self._where = where

    def take(self, name: str, kind: type[_Value]) -> _Value:
        value = self._take(name)
        # To Python True is an int, but it is not a position.
        if not isinstance(value, kind) or isinstance(value, bool) is not (kind is bool):
            self._refuse(name)
        return value

    def has(self, name: str) -> bool:
        return name in self._left

    def take_or_none(self, name: str) -> str | None:
        value = self._take(name)
        return None if value is None else _text(value, f"{self._where}, {name}")

    def take_number_or_none(self, name: str) -> float | None:
        value = self._take(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._refuse(name)
        return _float(value, f"{self._where}, {name}")

    def take_number(self, name: str) -> float:
        value = self.take_number_or_none(name)
        if value is None:
            self._refuse(name)
        return value

    def take_choice_or_none(self, name: str, kind: Callable[[str], _Value]) -> _Value | None:
        word = self.take_or_none(name)
        try:
            return None if word is None else kind(word)
        except ValueError:
            self._refuse(name)

    def take_choice(self, name: str, kind: Callable[[str], _Value]) -> _Value:
        value = self.take_choice_or_none(name, kind)
        if value is None:
            self._refuse(name)
        return value

    def each(self, name: str, read: Callable[["_Table"], _Value]) -> Iterable[_Value]:
        for number, value in enumerate(self.take(name, list)):
            table = _Table(value, f"{name}[{number}]")
            yield read(table)
            table.end()

    def end(self) -> None:
        if self._left:
            refuse(f"In {self._where}: {len(self._left)} entries that do not belong there", _HINT)

    def _take(self, name: str) -> object:
        if name not in self._left:
            refuse(f"In {self._where}: {name!r} is missing", _HINT)
        return self._left.pop(name)

    def _refuse(self, name: str) -> Never:
        refuse(f"In {self._where}: {name!r} has a value of the wrong kind", _HINT)


def _category(table: _Table) -> Category:
    return Category(
        table.take("slug", str),
        table.take("name", str),
        table.take("description", str),
        table.take("position", int),
        table.take("is_active", bool),
        # Left out of documents without a suggestion, so that those have the bytes they always had.
        is_suggested=table.has("is_suggested") and table.take("is_suggested", bool),
    )


def _keyword(table: _Table) -> Keyword:
    return Keyword(
        table.take("category", str), table.take("phrase", str), table.take("language", str), table.take_number("weight")
    )


def _priority_rule(table: _Table) -> PriorityRule:
    return PriorityRule(
        table.take("position", int),
        table.take_or_none("customer_type"),
        table.take_choice_or_none("urgency", Urgency),
        table.take_choice("priority", Priority),
        table.take("reason", str),
    )


def _parse(content: bytes) -> object:
    if len(content) > MAX_BYTES:
        refuse(f"The rules document is larger than {MAX_BYTES:,} bytes")
    try:
        return json.loads(content.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse_constant)
    # A number with thousands of digits raises ValueError, and ten thousand brackets raise RecursionError.
    except (ValueError, RecursionError):
        refuse("The rules document is not JSON", _HINT)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) != len(pairs):
        refuse("The rules document holds a name twice", _HINT)
    return table


def _refuse_constant(name: str) -> Never:
    raise ValueError(name)


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        refuse(f"In {where}: not a text", _HINT)
    return value


def _float(value: float, where: str) -> float:
    try:
        return float(value)
    except OverflowError:
        refuse(f"In {where}: a number that is too large", _HINT)
