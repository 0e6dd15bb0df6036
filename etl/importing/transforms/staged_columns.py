"""The columns of a converted row, in the order in which it is sent to PostgreSQL."""

from typing import Final

RECORD_COLUMNS: Final = (
    ("line_number", "bigint"),
    ("external_id", "text"),
    ("reasons", "jsonb"),
    ("payload", "jsonb"),
    ("payload_hash", "uuid"),
)
ALWAYS_SENT: Final = (
    ("customer_email", "text"),
    ("subject", "text"),
    ("content", "text"),
    ("status", "text"),
    ("created_at", "timestamptz"),
    ("resolved_at", "timestamptz"),
    ("is_outbound", "boolean"),
    ("is_date_only", "boolean"),
    ("metadata", "jsonb"),
)
OPTIONAL: Final = (
    ("customer_name", "text"),
    ("customer_type", "text"),
    ("category", "text"),
    ("priority", "text"),
    ("assigned_agent", "text"),
    ("team", "text"),
    ("channel", "text"),
    ("language", "text"),
    ("customer_satisfaction_score", "integer"),
    ("survey_offered_at", "timestamptz"),
    ("rated_at", "timestamptz"),
    ("exclusion", "text"),
    ("closed_at", "timestamptz"),
    ("source_changed_at", "timestamptz"),
    ("first_replied_at", "timestamptz"),
    ("reopen_count", "integer"),
    ("reassignment_count", "integer"),
    ("handle_seconds", "integer"),
    ("source_sla_met", "boolean"),
    ("organisation", "text"),
    ("brand", "text"),
    ("tags", "text[]"),
    ("needs_no_answer", "boolean"),
)
"""Sent only if the file fills them; else they are null in the database."""
TICKET_COLUMNS: Final = (*ALWAYS_SENT, *OPTIONAL)
STAGED_COLUMNS: Final = (*RECORD_COLUMNS, *TICKET_COLUMNS)
"""(name, type) of each column. In a rejected row the ticket columns are null and the reasons are set."""
