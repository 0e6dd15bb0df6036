"""Tickets, with the customers, agents and categories that they name."""

from typing import Final

from etl.importing.kinds.record_kind import RecordKind
from etl.importing.transforms.staged_columns import TICKET_COLUMNS
from warehouse.tables.tickets import support_tickets

TICKETS: Final = RecordKind(
    slug="tickets",
    columns=TICKET_COLUMNS,
    table=support_tickets,
    before_new=("importing/sql/customers/before_staged.sql",),
    new=(
        "importing/sql/records.sql",
        "importing/sql/tickets/new.sql",
        "importing/sql/tickets/named_of_staged.sql",
        "importing/sql/tickets/agents_of_staged.sql",
        "importing/sql/tickets/categories_of_staged.sql",
    ),
    before_changed=("importing/sql/tickets/before.sql", "importing/sql/customers/before_changed.sql"),
    changed=(
        "importing/sql/tickets/standing.sql",
        "importing/sql/tickets/changed.sql",
        "importing/sql/tickets/named_of_changed.sql",
        "importing/sql/tickets/agents_of_changed.sql",
        "importing/sql/tickets/categories_of_changed.sql",
    ),
    after=(
        "importing/sql/tickets/merged_before.sql",
        "importing/sql/tickets/merged.sql",
        "importing/sql/tickets/customers.sql",
        "importing/sql/tickets/after.sql",
        "importing/sql/customers/after.sql",
    ),
    told=("importing/sql/tickets/merges_without_target.sql", "importing/sql/strays/told.sql"),
)
