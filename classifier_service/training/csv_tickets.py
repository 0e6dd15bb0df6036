"""Labelled tickets from a file: CSV with a header, or the JSON of intent collections such as CLINC150."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from classifier_service.errors import TrainingDataError
from classifier_service.training.labelled_tickets import LabelledTickets
from storage.given_csv import open_csv
from storage.given_file import GivenFileError, read_given_text, shortened, shown

_MOST_BYTES: Final = 2**30
_MOST_JSON_BYTES: Final = 2**28
_NAMES_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of a CSV's columns.

    Attributes:
        texts: One or more columns of text, for example subject and content; they are joined by line ends.
        label: Column of the category's slug. A row without a slug is left out.
        date: Column of the time when the ticket came in: ISO 8601, in UTC unless it has an offset; None: unknown.
        weight: Column of how much the row counts; None: all rows count the same.
    """

    texts: tuple[str, ...] = ("text",)
    label: str = "category"
    date: str | None = None
    weight: str | None = None


def read_labelled(path: Path, columns: Columns, parts: Sequence[str] = ()) -> LabelledTickets:
    """Read a file of labelled tickets.

    Args:
        path: The file. A name that ends in .json is read as an object of parts, each a list of [text, label].
        columns: Columns of a CSV file.
        parts: Parts of a JSON file to read; () reads all.

    Raises:
        TrainingDataError: If the file is missing or malformed; names the line.
    """
    try:
        rows = list(_json_rows(path, parts) if path.suffix.lower() == ".json" else _csv_rows(path, columns))
    except GivenFileError as error:
        hint = "Labelled tickets have to be UTF-8: a CSV with a header, or a JSON of parts."
        raise TrainingDataError(error.message, hint) from error
    kept = [row for row in rows if row.label]
    if not kept:
        message = f"{shown(path)} has no row with a label."
        raise TrainingDataError(message)
    return LabelledTickets(
        texts=tuple(row.text for row in kept),
        labels=tuple(row.label for row in kept),
        weights=tuple(row.weight for row in kept) if columns.weight else (),
        created_at=tuple(row.created_at for row in kept) if columns.date else (),
    ).as_read()


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    label: str
    weight: float = 1.0
    created_at: datetime | None = None


def _csv_rows(path: Path, columns: Columns) -> Iterator[_Row]:
    with open_csv(path, _MOST_BYTES) as file:
        reader = csv.DictReader(file, restval="")
        wanted = [*columns.texts, columns.label, *(name for name in (columns.date, columns.weight) if name)]
        if missing := [name for name in wanted if name not in (reader.fieldnames or ())]:
            message = f"{shown(path)} has no column {missing[0]!r}; it has {_listed(reader.fieldnames or ())}."
            raise TrainingDataError(message, "Name the columns with --text and --label.")
        for row in reader:
            yield _row_of(row, columns, f"{shown(path)}, line {reader.line_num}")


def _row_of(row: Mapping[str, str], columns: Columns, where: str) -> _Row:
    try:
        return _Row(
            text="\n".join(row[name] for name in columns.texts).strip(),
            label=row[columns.label].strip(),
            weight=float(row[columns.weight]) if columns.weight else 1.0,
            created_at=_instant(row[columns.date]) if columns.date else None,
        )
    except ValueError as error:
        message = f"{where}: the date is not ISO 8601, or the weight is not a number."
        raise TrainingDataError(message) from error


def _instant(text: str) -> datetime | None:
    if not text.strip():
        return None
    instant = datetime.fromisoformat(text.strip())
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _json(path: Path) -> Any:  # noqa: ANN401 - whatever JSON holds
    text = read_given_text(path, _MOST_JSON_BYTES)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise GivenFileError(path, f"it is no JSON from line {error.lineno} on") from error
    except RecursionError as error:
        raise GivenFileError(path, "its brackets are nested too deeply") from error
    except ValueError as error:
        raise GivenFileError(path, "it has a number with thousands of digits") from error


def _listed(names: Iterable[str]) -> str:
    """Return the first names of a file, cut short, as they may be anything."""
    return shortened(", ".join(islice(names, _NAMES_SHOWN))) or "none"


def _json_rows(path: Path, parts: Sequence[str]) -> Iterator[_Row]:
    content = _json(path)
    if not isinstance(content, dict):
        message = f"{shown(path)} is not a JSON object of parts."
        raise TrainingDataError(message)
    for part in parts or list(content):
        rows = content.get(part)
        if not isinstance(rows, list):
            message = f"{shown(path)} has no part {part!r} that is a list; it has {_listed(content)}."
            raise TrainingDataError(message, "Name the parts with --part.")
        for place, row in enumerate(rows):
            match row:
                case [str(text), str(label)]:
                    yield _Row(text.strip(), label.strip())
                case _:
                    message = f"{shown(path)}, {part}, entry {place}: not a pair of text and label."
                    raise TrainingDataError(message)
