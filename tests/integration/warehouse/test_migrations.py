"""The migrations make exactly the declared tables, once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from tests.integration.conftest import Database
from warehouse.migrations import LOCK, VERSION_SCHEMA, migrate
from warehouse.tables import analyses, custom_dimensions, desk, forecasts, insights, marts, ops, raw, staffing, tickets
from warehouse.tables.metadata import METADATA

_DECLARING = (analyses, custom_dimensions, desk, forecasts, insights, marts, ops, raw, staffing, tickets)


def test_the_migrated_schema_is_the_declared_one(database: Database) -> None:
    options = {"include_schemas": True, "version_table_schema": VERSION_SCHEMA, "compare_type": True}
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), METADATA)
    # Alembic cannot compare the text of an index on an expression.
    assert [each for each in differences if "ix_support_tickets_words" not in repr(each)] == []


def test_migrating_again_changes_nothing(database: Database) -> None:
    rows = sa.text("select count(*) from support.sla_policies")
    with database.engine.connect() as connection:
        before = connection.execute(rows).scalar_one()
    migrate(database.engine)
    with database.engine.connect() as connection:
        assert connection.execute(rows).scalar_one() == before


def test_an_empty_database_gets_every_schema_and_a_desk_to_start_with(empty_database: Database) -> None:
    migrate(empty_database.engine)
    inspector = sa.inspect(empty_database.engine)
    assert {table.schema for table in METADATA.tables.values()} <= set(inspector.get_schema_names())
    with empty_database.engine.connect() as connection:
        assert connection.execute(sa.text("select slug from support.categories")).all() == []
        hours = sa.text(
            "select weekday, opens_minute / 60, closes_minute / 60 from support.business_windows order by 1"
        )
        assert [tuple(row) for row in connection.execute(hours)] == [*((day, 8, 17) for day in range(5)), (5, 9, 13)]


def test_two_commands_at_once_migrate_one_after_the_other(empty_database: Database) -> None:
    """Nothing is looked at or made while another one is at work."""
    waiting = sa.text("select 1 from pg_locks where locktype = 'advisory' and not granted")
    engine = empty_database.engine
    with ThreadPoolExecutor(1) as commands:
        with engine.begin() as other:
            other.execute(LOCK)
            command = commands.submit(migrate, engine)
            while not (command.done() or other.execute(waiting).all()):
                Event().wait(0.01)
            assert not command.done()
            assert sa.inspect(other).get_schema_names() == ["information_schema", "public"]
        command.result()
    assert {table.schema for table in METADATA.tables.values()} <= set(sa.inspect(engine).get_schema_names())
