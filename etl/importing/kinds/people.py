"""Customers and agents: what is known of people, besides what tickets say."""

from typing import Final

from etl.importing.kinds.record_kind import RecordKind
from warehouse.tables.desk import agents, customers

CUSTOMERS: Final = RecordKind(
    slug="customers",
    columns=(
        ("customer_email", "text"),
        ("customer_name", "text"),
        ("customer_type", "text"),
        ("organisation", "text"),
        ("joined_at", "timestamptz"),
        ("churned_at", "timestamptz"),
    ),
    table=customers,
    before_new=("importing/sql/customers/before_staged.sql",),
    new=("importing/sql/people_records.sql", "importing/sql/customers/of_staged.sql"),
    before_changed=("importing/sql/customers/before_changed.sql",),
    changed=("importing/sql/customers/of_changed.sql",),
    after=("importing/sql/customers/after.sql",),
)
AGENTS: Final = RecordKind(
    slug="agents",
    columns=(
        ("agent_name", "text"),
        ("email", "text"),
        ("team", "text"),
        ("hired_on", "date"),
        ("left_on", "date"),
    ),
    table=agents,
    before_new=("importing/sql/agents/before_staged.sql",),
    new=("importing/sql/people_records.sql", "importing/sql/agents/of_staged.sql"),
    before_changed=("importing/sql/agents/before_changed.sql",),
    changed=("importing/sql/agents/of_changed.sql",),
    after=("importing/sql/agents/after.sql",),
)
