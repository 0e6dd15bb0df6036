"""Alembic runs this to migrate, over the given connection and in one transaction."""

import sqlalchemy as sa
from alembic import context

from warehouse.migrations import VERSION_SCHEMA
from warehouse.tables import analyses, desk, forecasts, marts, ops, raw, staffing, tickets
from warehouse.tables.metadata import METADATA

DECLARED = (raw, tickets, desk, ops, marts, staffing, forecasts, analyses)

connection: sa.Connection = context.config.attributes["connection"]
connection.execute(sa.schema.CreateSchema(VERSION_SCHEMA, if_not_exists=True))
context.configure(
    connection=connection,
    target_metadata=METADATA,
    include_schemas=True,
    version_table_schema=VERSION_SCHEMA,
)
with context.begin_transaction():
    context.run_migrations()
