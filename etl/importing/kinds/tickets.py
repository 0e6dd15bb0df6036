"""Tickets, with the customers, agents and categories that they name."""

from typing import Final

from etl.importing.kinds.record_kind import RecordKind
from etl.importing.transforms.staged_columns import TICKET_COLUMNS
from warehouse.tables.tickets import support_tickets

TICKETS: Final = RecordKind(
    slug="tickets",
    columns=TICKET_COLUMNS,
    table=support_tickets,
    before_new=("importing/sql/customers_before_staged.sql",),
    new=(
        "importing/sql/records.sql",
        "importing/sql/tickets.sql",
        "importing/sql/named_of_staged.sql",
        "importing/sql/agents_of_staged.sql",
        "importing/sql/categories_of_staged.sql",
    ),
    before_changed=("importing/sql/tickets_before.sql", "importing/sql/customers_before_changed.sql"),
    changed=(
        "importing/sql/update_tickets.sql",
        "importing/sql/named_of_changed.sql",
        "importing/sql/agents_of_changed.sql",
        "importing/sql/categories_of_changed.sql",
    ),
    after=("importing/sql/customers.sql", "importing/sql/tickets_after.sql", "importing/sql/customers_after.sql"),
)
