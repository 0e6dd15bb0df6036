"""A summary of a database's content, stored with its backup and compared with the restored database."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Final, Self

import orjson
import sqlalchemy as sa

from analytics.metrics import METRICS
from warehouse import metric_query
from warehouse.backup.errors import BackupRefusedError
from warehouse.backup.roles import Role, read_roles
from warehouse.metric_query import MetricQuery

MARTS_VERSION: Final = "data version"
_MINE: Final = "n.nspname !~ '^pg_' and n.nspname <> 'information_schema'"


@dataclass(frozen=True, slots=True)
class TableContent:
    """A summary of a table's rows.

    Attributes:
        rows: Number of rows.
        checksum: Sum of a 64-bit hash of each row, so that the order of the rows does not matter.
    """

    rows: int
    checksum: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """A summary of one snapshot of a database.

    Attributes:
        tables: Table, with its schema -> summary of its rows.
        sequences: Sequence -> its last value; None if it was never used.
        metrics: Every metric over the whole history, as [value, n, p90, mean]; empty if the schema is not the one that
            this version of the product reads.
        roles: The product's group roles and their members, without any password.
        comment: Comment of the database; the product records there whether the tickets are the demo's or your own.
    """

    tables: Mapping[str, TableContent]
    sequences: Mapping[str, int | None]
    metrics: Mapping[str, list[float | None]]
    roles: tuple[Role, ...] = field(default=())
    comment: str | None = None

    @property
    def rows(self) -> int:
        """Rows of all tables together."""
        return sum(table.rows for table in self.tables.values())

    def to_json(self) -> bytes:
        """Return the inventory as a JSON object."""
        return orjson.dumps(asdict(self), option=orjson.OPT_SORT_KEYS)

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """Read an inventory; the hash of its file has to be verified before.

        Raises:
            BackupRefusedError: If the data is not an inventory.
        """
        try:
            fields = orjson.loads(data)
            tables = {name: TableContent(**table) for name, table in fields.pop("tables").items()}
            roles = tuple(Role.from_fields(each) for each in fields.pop("roles"))
            return cls(tables=tables, roles=roles, **fields)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            message = "The backup's inventory cannot be read."
            raise BackupRefusedError(message, "Take another backup.") from error


def take_inventory(
    connection: sa.Connection, *, with_metrics: bool, sequences: Mapping[str, int | None] | None = None
) -> Inventory:
    """Count and hash everything that the connection's transaction sees.

    Args:
        connection: In a role that may read everything. A repeatable read transaction makes everything one instant.
        with_metrics: Whether to include metrics; the schema has to be the present one.
        sequences: Values read before; None reads them now. (Sequences do not follow transactions.)
    """
    # The text form of a value must not depend on the session's settings, because the text is hashed.
    for setting in ("datestyle = 'ISO, YMD'", "intervalstyle = 'postgres'", "extra_float_digits = 1"):
        connection.exec_driver_sql(f"set local {setting}")
    connection.exec_driver_sql("set local bytea_output = 'hex'")
    connection.exec_driver_sql("set local time zone 'UTC'")
    return Inventory(
        dict(_tables(connection)),
        read_sequences(connection) if sequences is None else sequences,
        dict(_metrics(connection)) if with_metrics else {},
        read_roles(connection),
        connection.scalar(
            sa.text("select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()")
        ),
    )


def _names(connection: sa.Connection, kind: str) -> list[tuple[str, str]]:
    statement = f"""
        select n.nspname, c.relname from pg_class as c inner join pg_namespace as n on n.oid = c.relnamespace
        where {_MINE} and c.relkind = '{kind}' and c.relpersistence = 'p' order by n.nspname, c.relname
    """
    return [(row[0], row[1]) for row in connection.execute(sa.text(statement))]


def _tables(connection: sa.Connection) -> Iterator[tuple[str, TableContent]]:
    quote = connection.dialect.identifier_preparer.quote_identifier
    for schema, name in _names(connection, "r"):
        statement = f"""
            select count(*), coalesce(sum(hashtextextended(each::text, 0)::numeric), 0)::text
            from only {quote(schema)}.{quote(name)} as each
        """
        rows, checksum = connection.exec_driver_sql(statement).one()
        yield f"{schema}.{name}", TableContent(rows, checksum)


def read_sequences(connection: sa.Connection) -> dict[str, int | None]:
    """Return the last value of every sequence; None if it was never used."""
    quote = connection.dialect.identifier_preparer.quote_identifier
    values: dict[str, int | None] = {}
    for schema, name in _names(connection, "S"):
        statement = f"select case when is_called then last_value end from {quote(schema)}.{quote(name)}"
        values[f"{schema}.{name}"] = connection.exec_driver_sql(statement).scalar_one()
    return values


def _metrics(connection: sa.Connection) -> Iterator[tuple[str, list[float | None]]]:
    data = metric_query.data_version(connection)
    yield MARTS_VERSION, [data.version]
    first = data.first_date or date(2000, 1, 1)
    query = MetricQuery("", first, (data.last_date or first) + timedelta(days=1))
    for slug, result in metric_query.run_many(connection, tuple(METRICS), query).items():
        row = result.rows[0] if result.rows else None
        yield slug, [row.value, row.n, row.p90, row.mean] if row else []


def differences(recorded: Inventory, found: Inventory) -> tuple[str, ...]:
    """Return how a restored database differs from the inventory: one short line each, without personal data.

    A sequence may be higher than recorded. Sequences do not belong to a snapshot, so a job that ran during the backup
    may have used them.
    """
    lines = [
        f"table {name}: {_shown(recorded.tables.get(name))} recorded, {_shown(found.tables.get(name))} found"
        for name in sorted(recorded.tables.keys() | found.tables.keys())
        if recorded.tables.get(name) != found.tables.get(name)
    ]
    lines += [
        f"sequence {name}: {recorded.sequences.get(name)} recorded, {found.sequences.get(name)} found"
        for name in sorted(recorded.sequences.keys() | found.sequences.keys())
        if name not in recorded.sequences
        or name not in found.sequences
        or (found.sequences[name] or 0) < (recorded.sequences[name] or 0)
    ]
    if recorded.metrics and found.metrics:
        lines += [
            f"metric {slug}: {values} recorded, {found.metrics.get(slug)} found"
            for slug, values in sorted(recorded.metrics.items())
            if found.metrics.get(slug) != values
        ]
    lines += [f"role {role.name} is not as recorded" for role in recorded.roles if role not in found.roles]
    return tuple(lines)


def _shown(table: TableContent | None) -> str:
    return "no table" if table is None else f"{table.rows:,} rows with checksum {table.checksum}"
