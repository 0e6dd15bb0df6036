"""Exports of the whole portal as their readers meet them: their addresses, and what stands in either form."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime

import flask
import openpyxl
from flask.testing import FlaskClient
from openpyxl.cell.cell import Cell

_CHOICE = re.compile(r"<any\(([^)]*)\):\w+>")


def addresses(server: flask.Flask, form: str) -> list[str]:
    """Return the address of every export there is in a form, found by its ending.

    Args:
        server: With the routes of all pages.
        form: "csv" or "xlsx".
    """
    rules = [rule.rule for rule in server.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return sorted(path for rule in rules for path in _expanded(rule) if path.endswith(f".{form}"))


def _expanded(rule: str) -> Iterator[str]:
    found = _CHOICE.search(rule)
    if found is None:
        yield rule
        return
    for choice in found[1].split(","):
        name = choice.strip().strip("'")
        yield from _expanded(f"{rule[: found.start()]}{name}{rule[found.end() :]}")


def csv_lines(client: FlaskClient, address: str) -> list[list[str]]:
    """Return the cells of an export as CSV; its headings first."""
    answer = client.get(address, buffered=True)
    assert answer.status_code == 200, (address, answer.data)
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def xlsx_lines(client: FlaskClient, address: str) -> list[list[Cell]]:
    """Return the cells of an export as a workbook; its headings first."""
    answer = client.get(address, buffered=True)
    assert answer.status_code == 200, (address, answer.data)
    (sheet,) = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets
    return [list(line) for line in sheet.iter_rows()]  # type: ignore[arg-type]  # nothing is merged


def instants_of(lines: list[list[str]], zone: str) -> dict[str, list[str]]:
    """Return the columns of instants, found by the zone in their headings: heading -> its cells.

    A day and a time of the same instant, in two columns beside one another, are put together.
    """
    heads, *rows = lines
    places = [place for place, heading in enumerate(heads) if heading.endswith(f"({zone})")]
    columns = {heads[place]: [row[place] for row in rows] for place in places}
    if {f"Day ({zone})", f"Hour ({zone})"} <= set(columns):
        pairs = zip(columns.pop(f"Day ({zone})"), columns.pop(f"Hour ({zone})"), strict=True)
        columns[f"Day and hour ({zone})"] = [f"{day} {hour}:00" for day, hour in pairs]
    return columns


def as_text(value: object) -> str:
    """Return what CSV has for a value of a workbook."""
    return value.isoformat(sep=" ") if isinstance(value, datetime) else "" if value is None else str(value)
