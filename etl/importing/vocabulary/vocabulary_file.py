"""Reads the vocabularies from their TOML files, once, and refuses a file that contradicts itself."""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, TypeVar

from analytics.errors import SupportAnalyticsError
from etl.importing.vocabulary.spelling import column_key, word_key
from etl.importing.vocabulary.ticket_fields import (
    ASK,
    CLOCK,
    NOT_KNOWN,
    TICKET_FIELDS,
    UNITS,
    WORDS_OR_SECONDS,
    FieldKind,
)
from etl.importing.vocabulary.vocabulary import CUSTOMER, CUSTOMER_ID, Vocabulary

GENERAL: Final = "general"
_TABLES: Final = ("columns", "times", "units", "words", "separators", "months", "durations", "zones")
_LISTS: Final = ("kept", "first_close", "blanks", "nobody", "blank_dates", "either_wait")
_KNOWN: Final = {"name", "time_zone", "signatures", *_TABLES, *_LISTS}
_UNITS: Final = {*UNITS, CLOCK, WORDS_OR_SECONDS, ASK}
_YES_NO: Final = "yes_no"
_Value = TypeVar("_Value")
_FLAGS: Final = {"yes": "t", "no": "f", NOT_KNOWN: ""}


class VocabularyError(SupportAnalyticsError):
    """A vocabulary's file cannot be used."""


@cache
def general() -> Vocabulary:
    """Return the vocabulary that holds whatever system a file comes from."""
    return _read(GENERAL)


@cache
def systems() -> tuple[Vocabulary, ...]:
    """Return the vocabulary of each system, in the order of their files' names."""
    names = (Path(entry.name) for entry in files(__package__).iterdir())
    return tuple(_read(each.stem) for each in sorted(names) if each.suffix == ".toml" and each.stem != GENERAL)


def system_of(header: tuple[str, ...]) -> Vocabulary | None:
    """Return the system whose header this is; None when it is no known one's."""
    fits = {each.name: each.fit(header) for each in systems()}
    best = max(systems(), key=lambda each: fits[each.name])
    return best if fits[best.name] else None


def _read(stem: str) -> Vocabulary:
    text = (files(__package__) / f"{stem}.toml").read_text(encoding="utf-8")
    return parse_vocabulary(text, stem)


def parse_vocabulary(text: str, file_name: str) -> Vocabulary:
    """Return the vocabulary of a TOML text.

    Raises:
        VocabularyError: If the text is no TOML, names what a ticket does not have, or gives a word two meanings.
    """
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(file_name, f"is not TOML: {error}") from error
    if unknown := sorted(given.keys() - _KNOWN):
        raise _wrong(file_name, f"has entries that mean nothing: {', '.join(unknown)}")
    for name, value in given.items():
        if not _is_shaped(name, value):
            raise _wrong(file_name, f"has an entry {name!r} that does not fit it")
    fields = {*TICKET_FIELDS, CUSTOMER, CUSTOMER_ID}
    for table in ("columns", "times", "separators"):
        if strange := sorted(given.get(table, {}).keys() - fields):
            raise _wrong(file_name, f"names fields that a ticket does not have: {', '.join(strange)}")
    units: dict[str, list[str]] = given.get("units", {})
    if strange := sorted(units.keys() - _UNITS):
        raise _wrong(file_name, f"names units that are not known: {', '.join(strange)}")
    columns = {name: tuple(dict.fromkeys(map(column_key, each))) for name, each in given.get("columns", {}).items()}
    kept = frozenset(map(column_key, given.get("kept", [])))
    if both := sorted(kept & {key for keys in columns.values() for key in keys}):
        raise _wrong(file_name, f"both keeps and uses columns: {', '.join(both)}")
    by_column = _turned(file_name, "units", units, column_key, lambda unit: unit)
    return Vocabulary(
        name=given.get("name", file_name),
        signatures=tuple(frozenset(map(column_key, group)) for group in given.get("signatures", [])),
        columns=columns,
        times={name: tuple(map(column_key, each)) for name, each in given.get("times", {}).items()},
        units={} if file_name == GENERAL else by_column,
        kept=kept,
        first_close=frozenset(map(column_key, given.get("first_close", []))),
        values=_values(file_name, given.get("words", {})),
        separators=given.get("separators", {}),
        blanks=frozenset(map(word_key, given.get("blanks", []))),
        nobody=frozenset(map(word_key, given.get("nobody", []))),
        blank_dates=frozenset(given.get("blank_dates", [])),
        either_wait=frozenset(map(word_key, given.get("either_wait", []))),
        time_zone=given.get("time_zone", ""),
        months=_turned(file_name, "months", given.get("months", {}), word_key, int),
        durations=_turned(file_name, "durations", given.get("durations", {}), word_key, int),
        zones=given.get("zones", {}),
        unit_endings=by_column if file_name == GENERAL else {},
    )


def _values(file_name: str, words: Mapping[str, Mapping[str, list[str]]]) -> dict[str, dict[str, str]]:
    """Return field -> (word -> value)."""
    return {
        name: _turned(file_name, f"words.{name}", groups, _key_of_words(name), _value_reader(file_name, name))
        for name, groups in words.items()
    }


def _key_of_words(name: str) -> Callable[[str], str]:
    """Return how the words of a field are spelt; tags stay as they are."""
    is_tags = name in TICKET_FIELDS and TICKET_FIELDS[name].kind is FieldKind.TAGS
    return str if is_tags else word_key


def _value_reader(file_name: str, name: str) -> Callable[[str], str]:
    """Return the function that reads the names of groups of words, and refuses a value that the field has not."""
    kind = TICKET_FIELDS[name].kind if name in TICKET_FIELDS else None
    if kind is None and name != _YES_NO:
        raise _wrong(file_name, f"has words for a field that a ticket does not have: {name}")
    if kind in {None, FieldKind.FLAG, FieldKind.VERDICT}:
        accepted = _FLAGS
    elif kind in {FieldKind.WORD, FieldKind.RATING}:
        accepted = {value: value for value in TICKET_FIELDS[name].accepted} | {NOT_KNOWN: ""}
    else:
        return lambda group: group

    def read(group: str) -> str:
        if group not in accepted:
            raise _wrong(file_name, f"has words for a value that {name} does not have: {group}")
        return accepted[group]

    return read


def _turned(
    file_name: str,
    table: str,
    groups: Mapping[str, list[str]],
    key: Callable[[str], str],
    read: Callable[[str], _Value],
) -> dict[str, _Value]:
    """Return word -> value for value -> words.

    Raises:
        VocabularyError: If a word has two values.
    """
    found: dict[str, _Value] = {}
    for group, words in groups.items():
        value = read(group)
        for word in map(key, words):
            if found.setdefault(word, value) != value:
                raise _wrong(file_name, f"gives {word!r} two meanings in [{table}]")
    return found


def _is_shaped(name: str, value: object) -> bool:
    if name in {"name", "time_zone"}:
        return isinstance(value, str)
    if name in _LISTS:
        return _is_text_list(value)
    if name == "signatures":
        return isinstance(value, list) and all(_is_text_list(each) and each for each in value)
    return isinstance(value, dict) and _is_shaped_table(name, value)


def _is_shaped_table(name: str, table: Mapping[str, Any]) -> bool:
    if name == "zones":
        return all(isinstance(each, int) for each in table.values())
    if name == "separators":
        return all(isinstance(each, str) and each for each in table.values())
    if name == "words":
        return all(isinstance(group, dict) and all(map(_is_text_list, group.values())) for group in table.values())
    return all(map(_is_text_list, table.values())) and (name not in {"months", "durations"} or _are_numbers(table))


def _are_numbers(groups: Mapping[str, Any]) -> bool:
    return all(group.isdecimal() for group in groups)


def _is_text_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _wrong(file_name: str, what: str) -> VocabularyError:
    message = f"The vocabulary {file_name!r} {what}."
    return VocabularyError(message, "The files are in etl/importing/vocabulary; docs/import.md says what they hold.")
