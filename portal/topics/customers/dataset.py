"""Customers by the support that they needed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ranked:
    """A person, an organisation or a type of customers.

    Attributes:
        label: Name.
        aside: What else is known: type and organisation of a person.
        customer: Number of the person, as in the facts; None for a group.
        tickets: Created in the period.
        before: Created in the period compared with; None without one.
        minutes: Of recorded work on these tickets; None when none has any.
        reopens: How often they were opened again; None when that is not known of any.
        href: The customer's page; of a group, its tickets.
        tickets_href: Exactly these tickets.
    """

    label: str
    aside: str
    customer: int | None
    tickets: int
    before: int | None
    minutes: float | None
    reopens: int | None
    href: str
    tickets_href: str

    def value(self, sort: str) -> float | None:
        """Return what they are ranked by.

        Args:
            sort: "tickets", "minutes" or "reopens".
        """
        return {"tickets": self.tickets, "minutes": self.minutes, "reopens": self.reopens}[sort]


@dataclass(frozen=True, slots=True)
class Ranking:
    """A page of the ranked list.

    Attributes:
        by: "person", "organisation" or "type".
        sort: "tickets", "minutes" or "reopens".
        rows: Of the page, the most first.
        first: Place of the first row, from 1.
        total: Rows of the whole list.
        tickets: Of all of them together.
        nameless: Tickets of the period that belong to none of them.
        leaders: The first two of the whole list, whichever page is shown.
        compared_to: What is compared with; "" for nothing.
    """

    by: str
    sort: str
    rows: tuple[Ranked, ...]
    first: int
    total: int
    tickets: int
    nameless: int
    leaders: tuple[Ranked, ...]
    compared_to: str
