"""How many tickets and customers there are."""

from typing import Final

from analytics.metrics.model import Anchor, Better, Kind, Metric, count

VOLUME: Final[tuple[Metric, ...]] = (
    count(
        "created", "Tickets created", "tickets", "Tickets whose creation falls in the period.", anchor=Anchor.CREATED
    ),
    count(
        "resolution_events",
        "Resolutions",
        "resolutions",
        "Times a ticket was set to solved in the period. A ticket solved twice counts twice.",
        is_dated=True,
    ),
    count(
        "resolved",
        "Tickets resolved",
        "tickets",
        "Tickets whose latest resolution falls in the period and that are still solved.",
        pitfall="Not the same as resolutions (every time) or customers helped (people).",
        is_dated=True,
    ),
    Metric(
        "customers_resolved",
        "Customers helped",
        "customers",
        Kind.DISTINCT,
        Anchor.HAPPENED,
        "Different customers with at least one ticket resolved in the period.",
        "resolved",
    ),
    Metric(
        "customers",
        "Customers who wrote",
        "customers",
        Kind.DISTINCT,
        Anchor.CREATED,
        "Different customers with at least one ticket created in the period.",
        "created",
    ),
    Metric(
        "inflow",
        "Inflow",
        "times",
        Kind.COUNT,
        Anchor.HAPPENED,
        "Tickets created, and every time a solved one was opened again, by a person or by itself.",
        "opened",
        pitfall="Inflow minus outflow is exactly the change of the open tickets. Merged and deleted tickets, spam and "
        "tests are in none of the three at any time: the past too is counted without them.",
    ),
    Metric(
        "outflow",
        "Outflow",
        "times",
        Kind.COUNT,
        Anchor.HAPPENED,
        "Every time a ticket was solved. One that was solved on a day nobody knows counts on the day it was created.",
        "closed",
        pitfall="A ticket that was opened again and solved again counts twice, here and in the inflow.",
    ),
    Metric(
        "backlog",
        "Open tickets",
        "tickets",
        Kind.LEVEL,
        Anchor.MOMENT,
        "Tickets created by then and not solved at that moment, from the status history. A ticket that was solved at a "
        "time nobody knows is not open.",
        "opened",
        "closed",
        better=Better.LOWER,
        pitfall="Created minus closed within a period is not a backlog.",
        is_dated=True,
    ),
)
