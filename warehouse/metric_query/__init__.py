"""The metric query: the one way numbers are read, by the command line and by the portal."""

from warehouse.metric_query.attention import OpenTickets, open_tickets
from warehouse.metric_query.cohorts import Cohort
from warehouse.metric_query.due import DuePart, DueTicket, due_parts
from warehouse.metric_query.freshness import data_version
from warehouse.metric_query.model import (
    Cursor,
    DataVersion,
    DurationBucket,
    DurationHistogram,
    DurationParts,
    Key,
    LeftOut,
    MetricQuery,
    MetricResult,
    MetricRow,
    TicketPage,
    UnanswerableQueryError,
    UnknownNameError,
    UnknownValueError,
    Where,
)
from warehouse.metric_query.names import dimension_values
from warehouse.metric_query.policies import SlaPolicies, sla_policies
from warehouse.metric_query.run import (
    cohort_survival,
    duration_parts,
    histogram,
    run,
    run_many,
    ticket_count,
    ticket_ids,
    ticket_selection,
)
from warehouse.metric_query.ticket_parts import LEFT_OUT_PARTS, earliest_due, open_condition
from warehouse.metric_query.tickets import TicketSelection
from warehouse.metric_query.unanswered import LastWords, unanswered

__all__ = [
    "LEFT_OUT_PARTS",
    "Cohort",
    "Cursor",
    "DataVersion",
    "DuePart",
    "DueTicket",
    "DurationBucket",
    "DurationHistogram",
    "DurationParts",
    "Key",
    "LastWords",
    "LeftOut",
    "MetricQuery",
    "MetricResult",
    "MetricRow",
    "OpenTickets",
    "SlaPolicies",
    "TicketPage",
    "TicketSelection",
    "UnanswerableQueryError",
    "UnknownNameError",
    "UnknownValueError",
    "Where",
    "cohort_survival",
    "data_version",
    "dimension_values",
    "due_parts",
    "duration_parts",
    "earliest_due",
    "histogram",
    "open_condition",
    "open_tickets",
    "run",
    "run_many",
    "sla_policies",
    "ticket_count",
    "ticket_ids",
    "ticket_selection",
    "unanswered",
]
