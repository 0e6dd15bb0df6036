"""Daily counts of many series from a long CSV: one row for each series and day."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Final

from analytics.forecasting.errors import ForecastInputError
from analytics.forecasting.series import DailySeries, daily_series
from storage.given_csv import open_csv
from storage.given_file import GivenFileError, shown

COLUMNS: Final = ("unique_id", "ds", "y")
_MOST_ROWS: Final = 5_000_000
_MOST_SERIES: Final = 1_000
_LONGEST_NAME: Final = 200
_LARGEST_COUNT: Final = 1e12
_MOST_BYTES: Final = 500 * 2**20
_EARLIEST, _LATEST = date(1950, 1, 1), date(2200, 1, 1)
_UNKNOWN: Final = frozenset({"", "na", "nan", "null", "none"})


def read_daily_counts(path: Path) -> dict[str, DailySeries]:
    """Return the series of a file by name, in the order of their first rows.

    Missing days, and counts that are empty or NaN, are unknown.

    Args:
        path: UTF-8, with a header that has `unique_id`, `ds` (a date) and `y` (a number, not negative).

    Raises:
        ForecastInputError: If the file has another form; the message names the line.
    """
    try:
        with open_csv(path, _MOST_BYTES) as file:
            found = _collected(_rows(file, shown(path)))
    except GivenFileError as error:
        hint = f"It has to be a CSV in UTF-8, with the columns {', '.join(COLUMNS)}."
        raise ForecastInputError(error.message, hint) from error
    if not found:
        message = f"{shown(path)} has no row of data."
        raise ForecastInputError(message)
    return {name: daily_series(list(days), list(days.values())) for name, days in found.items()}


def _collected(rows: Iterator[tuple[str, date, float, str]]) -> dict[str, dict[date, float]]:
    found: dict[str, dict[date, float]] = {}
    for name, day, count, where in rows:
        days = found.setdefault(name, {})
        if day in days:
            message = f"{where}: the series has {day} twice."
            raise ForecastInputError(message, "Add up the rows of each day first.")
        days[day] = count
        if len(found) > _MOST_SERIES:
            message = f"There are more than {_MOST_SERIES:,} series."
            raise ForecastInputError(message, "Give fewer at once.")
    return found


def _rows(file: Iterable[str], name: str) -> Iterator[tuple[str, date, float, str]]:
    reader = csv.DictReader(file, restval="")
    if missing := [column for column in COLUMNS if column not in (reader.fieldnames or ())]:
        message = f"{name} has no column {missing[0]!r}."
        raise ForecastInputError(message, f"The header has to have {', '.join(COLUMNS)}.")
    for number, row in enumerate(reader):
        where = f"{name}, line {reader.line_num}"
        if number >= _MOST_ROWS:
            message = f"{name} has more than {_MOST_ROWS:,} rows."
            raise ForecastInputError(message, "Leave out series or years.")
        series = row["unique_id"].strip()
        if not series or len(series) > _LONGEST_NAME:
            message = f"{where}: unique_id is empty or longer than {_LONGEST_NAME} characters."
            raise ForecastInputError(message)
        yield series, _day(row["ds"].strip(), where), _count(row["y"].strip(), where), where


def _day(text: str, where: str) -> date:
    try:
        day = datetime.fromisoformat(text).date()
    except ValueError as error:
        message = f"{where}: ds is no date such as 2026-03-31."
        raise ForecastInputError(message) from error
    if not _EARLIEST <= day < _LATEST:
        message = f"{where}: ds is before 1950 or after 2199."
        raise ForecastInputError(message)
    return day


def _count(text: str, where: str) -> float:
    if text.lower() in _UNKNOWN:
        return float("nan")
    try:
        count = float(text)
    except ValueError as error:
        message = f"{where}: y is no number."
        raise ForecastInputError(message) from error
    if not 0 <= count <= _LARGEST_COUNT:
        message = f"{where}: y is negative or too large."
        raise ForecastInputError(message, "Counts begin at 0; leave an unknown one empty.")
    return count
