"""`support-analytics query`: any metric by any dimension, from the same code as the portal."""

import csv
import io
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

import orjson
import sqlalchemy as sa
import typer
from rich.console import Console
from rich.table import Table

from analytics.errors import ErrorKind, SupportAnalyticsError
from analytics.metrics import Kind, metric_by_slug
from analytics.vocabulary import NOT_SET
from warehouse import metric_query
from warehouse.engine import DatabaseRole, open_engine
from warehouse.metric_query import MetricQuery, MetricResult, MetricRow, SlaPolicies
from warehouse.settings import Settings


class Format(StrEnum):
    """How the answer is printed."""

    TABLE = "table"
    CSV = "csv"
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
    """A period ends before it begins."""

    kind = ErrorKind.INVALID

    def __init__(self, first: date, after: date) -> None:
        """Name the two days."""
        super().__init__(
            f"The period from {first} to {after} has no day in it.",
            "--from is its first day, and --to the first day after it.",
        )


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
        EmptyPeriodError: If both days are given, and the last comes before the first.
    """
    if start and end and end <= start:
        raise EmptyPeriodError(start.date(), end.date())
    data = metric_query.data_version(connection)
    first = start.date() if start else data.first_date or date.min
    after = data.last_date + timedelta(days=1) if data.last_date else date.max
    return first, end.date() if end else max(after, first)


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


def _fields(result: MetricResult, statistic: Statistic) -> list[dict[str, object]]:
    is_duration = result.metric.kind is Kind.DURATION
    rows: list[dict[str, object]] = []
    for row in result.rows:
        value = _value(row, statistic) if is_duration else row.value
        fields: dict[str, object] = {**dict(zip(result.by, row.keys, strict=True)), "value": value, "n": row.n}
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
    rows = _fields(result, statistic)
    is_duration = result.metric.kind is Kind.DURATION
    names = [*result.by, "value", "n", *(["p90", "mean"] if is_duration else [])]
    if result.is_not_known:
        rows, names = [{**row, "note": NOT_KNOWN} for row in rows], [*names, "note"]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    typer.echo(text.getvalue(), nl=False)


def _print_table(result: MetricResult, statistic: Statistic, policies: SlaPolicies | None) -> None:
    console = Console()
    console.print(f"[bold]{result.metric.label}[/bold] ({result.unit}, {result.metric.anchor})")
    console.print(result.metric.definition)
    rows = _fields(result, statistic)
    if rows:
        table = Table(*rows[0])
        for row in rows:
            table.add_row(*(_cell(value) for value in row.values()))
        console.print(table)
    elif not result.is_not_known:
        console.print("No tickets in this period with these filters.")
    if result.is_not_known:
        console.print(f"{NOT_KNOWN.capitalize()}.")
    for left in result.left_out:
        console.print(f"Left out: {left.count:,} {left.reason}.")
    if policies is not None:
        console.print(_measured_against(policies))


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


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) else str(value)


_PRINTERS = {Format.TABLE: _print_table, Format.CSV: _print_csv, Format.JSON: _print_json}
