"""`support-analytics query`: any metric by any dimension, from the same code as the portal."""

import sys
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

import orjson
import sqlalchemy as sa
import typer

from analytics.errors import ErrorKind, SupportAnalyticsError
from analytics.listing import Listing
from analytics.metrics import Kind, metric_by_slug
from analytics.terminal_text import printable
from analytics.vocabulary import NOT_SET
from table_files.csv_file import csv_texts
from table_files.table import Column, Table, Value
from table_files.workbook import xlsx_chunks
from warehouse import metric_query
from warehouse.engine import DatabaseRole, open_engine
from warehouse.metric_query import MetricQuery, MetricResult, MetricRow, SlaPolicies
from warehouse.settings import Settings


class Format(StrEnum):
    """How the answer is printed."""

    TABLE = "table"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


NOT_KNOWN = "not known from this source"


class Statistic(StrEnum):
    """Which figure of a duration is its value."""

    MEDIAN = "median"
    P90 = "p90"
    MEAN = "mean"


class FilterSyntaxError(SupportAnalyticsError):
    """A `--where` does not have the form `dimension=value`."""

    def __init__(self, text: str) -> None:
        """Quote the text that was given."""
        super().__init__(
            f"{text!r} is not a filter.", "Write --where dimension=value, for example --where priority=high."
        )


class EmptyPeriodError(SupportAnalyticsError):
    """A period ends before it begins, or lies where there is no data."""

    kind = ErrorKind.INVALID

    def __init__(self, message: str) -> None:
        """Say what is wrong, and what the two options are."""
        super().__init__(message, "--from is the first day, and --to the first day after the last one.")


class WorkbookOnScreenError(SupportAnalyticsError):
    """A workbook would be printed on a terminal."""

    kind = ErrorKind.INVALID

    def __init__(self) -> None:
        """Say where a workbook can go."""
        super().__init__("A workbook cannot be shown here.", "Send it to a file: add > answer.xlsx to the command.")


def query(
    metric: Annotated[str, typer.Argument(help="Slug of a metric; docs/metrics.md lists them.")],
    *,
    by: Annotated[list[str] | None, typer.Option(help="Dimension or time grain; may be given several times.")] = None,
    start: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = None,
    end: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="First day after.")] = None,
    where: Annotated[
        list[str] | None, typer.Option(help="dimension=value; again for more values. ~ is 'not set'.")
    ] = None,
    top: Annotated[int | None, typer.Option(help="Show only so many rows, the largest.")] = None,
    output: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TABLE,
    statistic: Annotated[Statistic, typer.Option(help="Value of a duration.")] = Statistic.MEDIAN,
) -> None:
    """Answer one metric, with n and its definition."""
    defined = metric_by_slug(metric)
    with open_engine(Settings.from_environment(), DatabaseRole.PORTAL_READER) as engine, engine.connect() as connection:
        first, last = _period(connection, start, end)
        asked = MetricQuery(defined.slug, first, last, tuple(by or ()), _filters(where or []), top)
        result = metric_query.run(connection, asked)
        policies = metric_query.sla_policies(connection) if defined.is_sla else None
    _PRINTERS[output](result, statistic, policies)


def _period(connection: sa.Connection, start: datetime | None, end: datetime | None) -> tuple[date, date]:
    """Return the period asked for; without one, the whole period of the data.

    Raises:
        EmptyPeriodError: If no day is left between the two, or between one of them and the end of the data.
    """
    if start and end and end <= start:
        message = f"The period from {start.date()} to {end.date()} has no day in it."
        raise EmptyPeriodError(message)
    data = metric_query.data_version(connection)
    first = start.date() if start else data.first_date or date.min
    after = end.date() if end else data.last_date + timedelta(days=1) if data.last_date else date.max
    if after <= first and end:
        message = f"--to is {after}, but the data begins on {first}."
        raise EmptyPeriodError(message)
    if after <= first:
        message = f"--from is {first}, but the data ends on {data.last_date}."
        raise EmptyPeriodError(message)
    return first, after


def _filters(texts: list[str]) -> tuple[tuple[str, tuple[str | None, ...]], ...]:
    chosen: dict[str, list[str | None]] = {}
    for text in texts:
        dimension, equals, value = text.partition("=")
        if not equals or not dimension:
            raise FilterSyntaxError(text)
        chosen.setdefault(dimension, []).append(None if value == NOT_SET else value)
    return tuple((dimension, tuple(values)) for dimension, values in chosen.items())


def _value(row: MetricRow, statistic: Statistic) -> float | None:
    return {Statistic.MEDIAN: row.value, Statistic.P90: row.p90, Statistic.MEAN: row.mean}[statistic]


def _fields(result: MetricResult, statistic: Statistic) -> list[dict[str, Value]]:
    is_duration = result.metric.kind is Kind.DURATION
    rows: list[dict[str, Value]] = []
    for row in result.rows:
        value = _value(row, statistic) if is_duration else row.value
        fields: dict[str, Value] = {**dict(zip(result.by, row.keys, strict=True)), "value": value, "n": row.n}
        rows.append(fields | ({"p90": row.p90, "mean": row.mean} if is_duration else {}))
    return rows


def _print_json(result: MetricResult, statistic: Statistic, policies: SlaPolicies | None) -> None:
    answer: dict[str, object] = {
        "metric": result.metric.slug,
        "unit": result.unit,
        "definition": result.metric.definition,
        "anchor": result.metric.anchor,
        "note": NOT_KNOWN if result.is_not_known else None,
        "left_out": [{"reason": left.reason, "n": left.count} for left in result.left_out],
        "rows": _fields(result, statistic),
    }
    if policies is not None:
        answer["sla_policies"] = {
            "names": policies.names,
            "are_examples": policies.are_examples,
            "examples": policies.examples,
        }
    typer.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2))


def _print_csv(result: MetricResult, statistic: Statistic, _policies: SlaPolicies | None) -> None:
    for text in csv_texts(_table(result, statistic)):
        typer.echo(text, nl=False)


def is_on_screen() -> bool:
    """Return whether the answer goes to a terminal."""
    return sys.stdout.isatty()


def _print_xlsx(result: MetricResult, statistic: Statistic, _policies: SlaPolicies | None) -> None:
    if is_on_screen():
        raise WorkbookOnScreenError
    for chunk in xlsx_chunks(_table(result, statistic)):
        typer.echo(chunk, nl=False)


def _table(result: MetricResult, statistic: Statistic) -> Table:
    is_duration = result.metric.kind is Kind.DURATION
    names = [*result.by, "value", "n", *(["p90", "mean"] if is_duration else [])]
    rows = [list(row.values()) for row in _fields(result, statistic)]
    if result.is_not_known:
        rows, names = [[*row, NOT_KNOWN] for row in rows], [*names, "note"]
    return Table("Answer", [Column(name) for name in names], rows)


def _print_table(result: MetricResult, statistic: Statistic, policies: SlaPolicies | None) -> None:
    typer.echo(f"{result.metric.label} ({result.unit}, {result.metric.anchor})")
    typer.echo(result.metric.definition)
    rows = _fields(result, statistic)
    if rows:
        told = str(statistic) if result.metric.kind is Kind.DURATION else "value"
        listing = Listing(*(told if name == "value" else name for name in rows[0]), names=result.by)
        for row in rows:
            listing.add(*(_shown(value) for value in row.values()))
        listing.show()
    elif not result.is_not_known:
        typer.echo("No tickets in this period with these filters.")
    if result.is_not_known:
        typer.echo(f"{NOT_KNOWN.capitalize()}.")
    for left in result.left_out:
        typer.echo(printable(f"Left out: {left.count:,} {left.reason}."))
    if policies is not None:
        typer.echo(printable(_measured_against(policies)))


def _measured_against(policies: SlaPolicies) -> str:
    if not policies.names:
        return "No SLA policy applies, so there are no targets."
    named = ", ".join(policies.names)
    if policies.are_examples:
        return f"Measured against example targets: {named}. Nobody at this desk has set them."
    measured = f"Measured against the SLA policies {named}."
    if not policies.examples:
        return measured
    return f"{measured} Still examples that nobody at this desk has set: {', '.join(policies.examples)}."


def _shown(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) else str(value)


_PRINTERS = {
    Format.TABLE: _print_table,
    Format.CSV: _print_csv,
    Format.XLSX: _print_xlsx,
    Format.JSON: _print_json,
}
