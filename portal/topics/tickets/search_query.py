"""The SQL of a search: words of the text, a ticket's number, a customer's address."""

from typing import Any, Final

from analytics.customer_ids import customer_hash
from portal.topics.tickets.address import TicketList

WORDS: Final = "to_tsvector('simple', subject || ' ' || left(content, 4000))"
"""Exactly the expression of the index on what customers wrote; any other would read every ticket."""
_NUMBERED: Final = (
    "select (select known.ticket_id from marts.ticket_numbers as known"
    " where known.source = each.source and known.number = asked.number)"
    " from marts.ticket_sources as each cross join unnest(cast(:numbers as text[])) as asked (number)"
)
"""The key of what was imported begins with the source, so each is asked by itself."""
_OF_ORGANISATION: Final = "select ticket_id from marts.ticket_labels where organisation = :organisation"


def search_condition(listed: TicketList) -> tuple[str, dict[str, Any]]:
    """Return the condition of a list's search over `fct_tickets as facts`, and its values."""
    chosen, values = _of_customer(listed)
    found, more = _with_words(listed)
    return chosen + found, values | more


def _of_customer(listed: TicketList) -> tuple[str, dict[str, Any]]:
    """Return the condition of one customer, or of one organisation."""
    condition: str = ""
    values: dict[str, Any] = {}
    if listed.customer:
        condition, values = (
            " and facts.customer_hash = :customer_hash",
            {"customer_hash": customer_hash(listed.customer)},
        )
    if listed.organisation:
        condition += f" and facts.ticket_id in ({_OF_ORGANISATION})"
    return condition, values | ({"organisation": listed.organisation} if listed.organisation else {})


def _with_words(listed: TicketList) -> tuple[str, dict[str, Any]]:
    if not listed.words:
        return "", {}
    selects = [
        f"select ticket_id from marts.ticket_texts where {WORDS} @@ websearch_to_tsquery('simple', :words)",
        _NUMBERED,
    ]
    values: dict[str, Any] = {"words": listed.words, "numbers": list(listed.source_numbers)}
    if listed.number is not None:
        selects.append("select :number")
        values["number"] = listed.number
    if listed.email is not None:
        selects.append("select ticket_id from marts.ticket_texts where customer_email = any(:emails)")
        values["emails"] = sorted({listed.email, listed.email.lower()})
    return f" and facts.ticket_id in ({' union all '.join(selects)})", values
