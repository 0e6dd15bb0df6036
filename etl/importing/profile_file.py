"""Reads profiles from TOML files: a shipped profile by its name, any other by its path."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from etl.importing.sources.limits import ImportLimits
from etl.importing.transforms.import_profile import ImportProfile, ProfileError
from etl.importing.transforms.wall_time import DATE_ORDERS
from storage.given_file import GivenFileError, read_given_text, shown
from storage.given_toml import toml_table

STANDARD_OUTPUT: Final = Path("-")
_LISTS: Final = ("external_id", "blanks", "formats")
_KNOWN: Final = frozenset(each.name for each in fields(ImportProfile))
_LARGEST_LIMIT: Final = 2**53
_LIMITS: Final = frozenset(each.name for each in fields(ImportLimits))


def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles that come with the product."""
    found = (Path(entry.name) for entry in files("etl.profiles").iterdir())
    return tuple(sorted(path.stem for path in found if path.suffix == ".toml"))


def read_profile(name_or_path: str, kind: str = "") -> ImportProfile:
    """Read a profile.

    Args:
        name_or_path: Name of a profile that comes with the product, or path of a TOML file.
        kind: What the rows are, where the profile does not say it; "" means tickets.

    Raises:
        ProfileError: If there is no such profile, or an entry of it cannot be used; the message names the entry.
    """
    if name_or_path in profile_names():
        text = (files("etl.profiles") / f"{name_or_path}.toml").read_text(encoding="utf-8")
        return _profile(text, name_or_path, kind)
    path = Path(name_or_path)
    try:
        text = read_given_text(path)
    except GivenFileError as error:
        message = f"There is no profile {shown(path)!r}, and as a file it cannot be read: {error.reason}."
        raise ProfileError(message, f"Profiles: {', '.join(profile_names())}; or the path of a TOML file.") from error
    return _profile(text, path.stem, kind)


def write_profile(profile: ImportProfile, path: Path) -> None:
    """Write a profile to a file that `read_profile` takes; "-" is standard output.

    Raises:
        ProfileError: If the file exists already or cannot be written.
    """
    stored = {name: value for name, value in profile.as_json().items() if value not in ({}, (), [], "", None, False)}
    tables = {name: value for name, value in stored.items() if isinstance(value, dict)}
    lines = [f"{name} = {_toml(value)}" for name, value in stored.items() if name not in tables]
    for name, table in tables.items():
        nested = {key: value for key, value in table.items() if isinstance(value, dict)}
        flat = {key: value for key, value in table.items() if key not in nested}
        if flat:
            lines += ["", f"[{name}]", *(f"{_toml(key)} = {_toml(value)}" for key, value in flat.items())]
        for key, words in nested.items():
            lines += ["", f"[{name}.{key}]", *(f"{_toml(word)} = {_toml(value)}" for word, value in words.items())]
    text = "\n".join(lines) + "\n"
    if path == STANDARD_OUTPUT:
        sys.stdout.write(text)
        return
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        message = f"The profile {str(path)!r} cannot be written: {error.strerror}."
        raise ProfileError(message, "Name a file that does not exist yet.") from error


def _toml(value: object) -> str:
    """Return a text, number or list as TOML writes it; its texts are written as JSON's, which TOML reads alike."""
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def limits_of(profile: ImportProfile) -> ImportLimits:
    """Return the limits that a profile sets."""
    return ImportLimits(**profile.limits)


def _profile(text: str, default_name: str, kind: str) -> ImportProfile:
    try:
        given = toml_table(text)
    except ValueError as error:
        message = f"The profile {default_name!r} is not TOML: {error}."
        raise ProfileError(message, "docs/import.md has an example.") from error
    if unknown := sorted(given.keys() - _KNOWN):
        message = f"The profile {default_name!r} has entries that mean nothing: {', '.join(unknown)}."
        raise ProfileError(message, f"Entries are: {', '.join(sorted(_KNOWN))}.")
    given.setdefault("name", default_name)
    given.setdefault("source", given["name"])
    if kind and given.setdefault("kind", kind) != kind:
        message = f"The profile {default_name!r} is for {given['kind']}, not for {kind}."
        raise ProfileError(message, "Leave --kind out, or pass another profile.")
    for name, value in given.items():
        given[name] = _checked(default_name, name, value)
    return ImportProfile(**given)


def _checked(profile: str, name: str, value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    """Return one entry in the type of its field."""
    if name in _LISTS and isinstance(value, str):
        value = [value]
    if not _CHECKS.get(name, _is_text)(value):
        message = f"The entry {name!r} of the profile {profile!r} has a value that does not fit it."
        raise ProfileError(message, "docs/import.md says what each entry takes.")
    return tuple(value) if name in _LISTS else value


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_text_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_text_table(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


def _is_table_of_tables(value: object) -> bool:
    return isinstance(value, dict) and all(_is_text_table(each) for each in value.values())


def _are_limits(value: object) -> bool:
    return isinstance(value, dict) and value.keys() <= _LIMITS and all(_is_count(each) for each in value.values())


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _LARGEST_LIMIT


_CHECKS: Final[Mapping[str, Callable[[object], bool]]] = {
    **dict.fromkeys(_LISTS, _is_text_list),
    **dict.fromkeys(("columns", "constants", "times", "units", "separators"), _is_text_table),
    "values": _is_table_of_tables,
    "limits": _are_limits,
    "is_date_only": lambda value: isinstance(value, bool),
    "date_order": lambda value: value in DATE_ORDERS,
}
"""Entry -> check of its value. Entries that are not listed are texts."""
