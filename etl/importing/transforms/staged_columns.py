"""The columns of a converted row, in the order in which it is sent to PostgreSQL."""

from typing import Final

RECORD_COLUMNS: Final = (
    ("line_number", "bigint"),
    ("external_id", "text"),
    ("reasons", "jsonb"),
    ("payload", "jsonb"),
    ("payload_hash", "uuid"),
)
TICKET_COLUMNS: Final = (
    ("customer_email", "text"),
    ("customer_name", "text"),
    ("customer_type", "text"),
    ("subject", "text"),
    ("content", "text"),
    ("category", "text"),
    ("priority", "text"),
    ("status", "text"),
    ("created_at", "timestamptz"),
    ("resolved_at", "timestamptz"),
    ("assigned_agent", "text"),
    ("team", "text"),
    ("channel", "text"),
    ("language", "text"),
    ("customer_satisfaction_score", "integer"),
    ("survey_offered_at", "timestamptz"),
    ("rated_at", "timestamptz"),
    ("exclusion", "text"),
    ("is_outbound", "boolean"),
    ("is_date_only", "boolean"),
    ("metadata", "jsonb"),
)
STAGED_COLUMNS: Final = (*RECORD_COLUMNS, *TICKET_COLUMNS)
"""(name, type) of each column. In a rejected row the ticket columns are null and the reasons are set."""

POSITION: Final = {name: place for place, (name, _) in enumerate(TICKET_COLUMNS)}
"""Place of each ticket column."""
