"""What happened to tickets: interactions, changes of status and ratings. A row waits until its ticket is there."""

from typing import Final

from etl.importing.kinds.record_kind import RecordKind
from warehouse.tables.tickets import customer_interactions, ticket_ratings, ticket_status_history

_FIND_TICKETS: Final = (
    "importing/sql/of_tickets/own_source.sql",
    "importing/sql/of_tickets/any_source.sql",
    "importing/sql/of_tickets/unknown.sql",
)
_TOLD: Final = ("importing/sql/of_tickets/told_elsewhere.sql",)
INTERACTIONS: Final = RecordKind(
    slug="interactions",
    columns=(
        ("ticket", "text"),
        ("happened_at", "timestamptz"),
        ("direction", "text"),
        ("is_public", "boolean"),
        ("is_automatic", "boolean"),
        ("agent_name", "text"),
        ("channel", "text"),
        ("handle_seconds", "integer"),
        ("content", "text"),
        ("of_ticket_id", "bigint"),
    ),
    table=customer_interactions,
    prepare=_FIND_TICKETS,
    new=(
        "importing/sql/of_tickets/records.sql",
        "importing/sql/interactions/new.sql",
        "importing/sql/interactions/agents_of_staged.sql",
    ),
    before_changed=("importing/sql/interactions/before.sql",),
    changed=(
        "importing/sql/interactions/changed.sql",
        "importing/sql/of_tickets/update_records.sql",
        "importing/sql/interactions/agents_of_changed.sql",
    ),
    after=("importing/sql/interactions/after.sql",),
    told=_TOLD,
)
STATUSES: Final = RecordKind(
    slug="statuses",
    columns=(
        ("ticket", "text"),
        ("status", "text"),
        ("changed_at", "timestamptz"),
        ("changed_by", "text"),
        ("is_automatic", "boolean"),
        ("of_ticket_id", "bigint"),
    ),
    table=ticket_status_history,
    prepare=_FIND_TICKETS,
    new=("importing/sql/of_tickets/records.sql", "importing/sql/statuses/new.sql"),
    before_changed=("importing/sql/statuses/before.sql",),
    changed=("importing/sql/statuses/changed.sql", "importing/sql/of_tickets/update_records.sql"),
    after=("importing/sql/statuses/after.sql",),
    told=_TOLD,
)
RATINGS: Final = RecordKind(
    slug="ratings",
    columns=(
        ("ticket", "text"),
        ("prompt", "text"),
        ("offered_at", "timestamptz"),
        ("rated_at", "timestamptz"),
        ("score", "smallint"),
        ("source_score", "text"),
        ("scale", "text"),
        ("comment", "text"),
        ("of_ticket_id", "bigint"),
    ),
    table=ticket_ratings,
    prepare=_FIND_TICKETS,
    new=("importing/sql/of_tickets/records.sql", "importing/sql/ratings/new.sql"),
    before_changed=("importing/sql/ratings/before.sql",),
    changed=("importing/sql/ratings/changed.sql", "importing/sql/of_tickets/update_records.sql"),
    after=("importing/sql/ratings/after.sql",),
    told=_TOLD,
)
