"""Every export of every page is there as CSV and as a workbook, and the two say the same in every cell."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import flask
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from openpyxl.cell.cell import Cell

from etl.marts.refresh import refresh_marts
from portal.topics.registry import PAGES
from table_files.csv_file import inert
from table_files.workbook import fitting
from tests.factories.analyses import add_churn, add_drivers
from tests.factories.desk import add_random_desk, add_ticket
from tests.factories.exports import addresses, csv_lines, xlsx_lines
from tests.factories.portal import USER_NAME
from tests.factories.staffing_plan import add_plan
from tests.integration.conftest import Database, DeskTemplates
from warehouse.tables.desk import audit_log

ZONE = "Asia/Kathmandu"
FIRST_AT = datetime(2026, 3, 1, tzinfo=UTC)
HARM = ("=cmd|'/c calc'!A1", "see;=1+1", "\t@SUM(1)", "\ufeff-2+3", "+27 11 555 0100", "0017", "1e5", "2026-03-01")
"""Subjects that a spreadsheet may take for something else."""
ODD = ("a\x01b\x0b", "two\r\nlines\rand\none", '"quoted", and <b>&amp;', "😀" * 20_000, "x" * 40_000, "_x0041_", "")

_MEASURE = re.compile(r"-?\d+(\.\d+)?|\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?")
"""A number, a day or an instant of CSV, which a workbook has as a text only where somebody wrote it as one."""


def _fill(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        add_random_desk(connection, Random(3), 60, FIRST_AT, 20)
        for subject in (*HARM, *ODD):
            add_ticket(connection, FIRST_AT, subject=subject, assigned_agent=subject[:40] or None, team="00017")
        refresh_marts(connection, ZONE)
        add_plan(connection, [FIRST_AT + timedelta(hours=number) for number in range(40)], ZONE)
        add_drivers(connection, FIRST_AT)
        add_churn(connection, FIRST_AT, customers=5, customer_type="=1+1")


@pytest.fixture(scope="module")
def desk(desk_templates: DeskTemplates) -> Iterator[Database]:
    """A desk with every analysis, and with texts that mean harm or that fit no cell."""
    with desk_templates.clone(_fill) as database:
        yield database


def told_alike(cell: Cell, text: str) -> bool:
    """Return whether a cell of a workbook is what CSV has, as what it is."""
    value = cell.value
    if isinstance(value, str):
        # openpyxl leaves the underscore of what looks like an escape escaped.
        if _MEASURE.fullmatch(text):
            return text in {"0017", "00017", "2026-03-01"}
        plain = re.sub(r"_x005F_(?=x[0-9A-F]{4}_)", "_", value)
        return cell.data_type in {"s", "inlineStr"} and plain in {fitting(text), fitting(without_apostrophes(text))}
    if value is None:
        return text == ""
    if isinstance(value, datetime):
        told = f"{value:%Y-%m-%d %H:%M:%S}"
        return told == (f"{text} 00:00:00" if cell.number_format == "yyyy-mm-dd" else text)
    if isinstance(value, date | time):
        return value.isoformat()[: len(text)] == text
    return isinstance(value, int | float) and float(text) == value


def without_apostrophes(text: str) -> str:
    """Return what a text was before it was made inert."""
    plain = re.sub(r"(\A|[;\t\r\n])'", r"\1", text)
    return plain if inert(plain) == text else text


def test_every_export_is_there_in_both_forms(server: flask.Flask) -> None:
    """A new one that lacks a form fails here."""
    csv, xlsx = addresses(server, "csv"), addresses(server, "xlsx")
    assert [path.removesuffix(".csv") for path in csv] == [path.removesuffix(".xlsx") for path in xlsx]
    assert len(csv) == 12
    pages = {page.path for page in PAGES}
    assert all(f"/{path.split('/')[1]}" in pages for path in csv)


def test_both_forms_say_the_same_in_every_cell(server: flask.Flask, client: FlaskClient) -> None:
    """As many rows and columns, the same headings, and each value as what it is."""
    for path in addresses(server, "csv"):
        address = path.removesuffix(".csv")
        texts, cells = csv_lines(client, f"{path}?period=all"), xlsx_lines(client, f"{address}.xlsx?period=all")
        assert len(texts) == len(cells) > 1, address
        for line, row in zip(texts, cells, strict=True):
            for text, cell in zip(line, row, strict=True):
                assert told_alike(cell, text), (address, cell.coordinate, cell.value, text)


def test_no_cell_of_any_export_is_a_formula_or_a_link(server: flask.Flask, client: FlaskClient) -> None:
    """Whatever customers, agents and imports wrote."""
    for path in addresses(server, "xlsx"):
        for row in xlsx_lines(client, f"{path}?period=all"):
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row), path
    for path in addresses(server, "csv"):
        cells = [cell for line in csv_lines(client, f"{path}?period=all") for cell in line]
        assert all(cell == inert(cell) for cell in cells if not re.fullmatch(r"-\d+(\.\d+)?", cell)), path


def test_texts_that_look_like_numbers_or_do_not_fit_are_kept_and_told(client: FlaskClient) -> None:
    """Zeros at the beginning stay; what Excel cannot hold says so, and CSV has it whole."""
    heads, *rows = xlsx_lines(client, "/tickets/export.xlsx?period=all")
    place = [cell.value for cell in heads].index("Subject")
    subjects = {str(row[place].value) for row in rows}
    assert {"0017", "1e5", "2026-03-01", "=cmd|'/c calc'!A1"} <= subjects
    assert len([subject for subject in subjects if subject.endswith("the CSV file has all 40,000)")]) == 1
    whole = csv_lines(client, "/tickets/export.csv?period=all")
    assert {"x" * 40_000, "😀" * 20_000} <= {line[place] for line in whole}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_audit_log_counts_both_forms(server: flask.Flask, client: FlaskClient, desk: Database, kind: str) -> None:
    """Who took tickets or customers away, and in which form."""
    asked = sa.select(audit_log.c.action).where(audit_log.c.actor == USER_NAME, audit_log.c.target == kind)
    with desk.engine.connect() as connection:
        before = len(connection.execute(asked).all())
    for path in addresses(server, kind):
        client.get(f"{path}?period=all", buffered=True)
    with desk.engine.connect() as connection:
        actions = list(connection.scalars(asked.order_by(audit_log.c.id)))[before:]
    assert sorted(actions) == [
        "export_customer_ranking",
        "export_customers",
        "export_low_ratings",
        "export_tickets",
        "export_unanswered",
    ]
