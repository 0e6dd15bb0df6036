"""Ways to look at a page that are no filters: which split, which wait, which clock. They too live in the address."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode

from portal.components.choices import Choice


@dataclass(frozen=True, slots=True)
class View:
    """One choice among a few, with its place in the address.

    Attributes:
        key: Name of the parameter.
        options: (value, words); the first is the default and is not written.
    """

    key: str
    options: tuple[tuple[str, str], ...]


SPLITS: Final = View(
    "by",
    (("category", "Category"), ("channel", "Channel"), ("priority", "Priority"), ("customer_type", "Customer type")),
)
MEASURES: Final = View(
    "measure",
    (("resolution", "Full resolution"), ("first_reply", "First reply"), ("next_reply", "Next reply")),
)
AGENT_METRICS: Final = View(
    "on",
    (
        ("resolution_time", "Resolution time"),
        ("first_reply_time", "First reply time"),
        ("csat", "Ratings"),
        ("reopen_rate", "Reopened"),
    ),
)
CLOCKS: Final = View("clock", (("calendar", "All hours"), ("business", "Business hours")))


def chosen(view: View, search: str) -> str:
    """Return the value chosen in an address; the default when there is none or no such value."""
    value = dict(parse_qsl(search.lstrip("?"))).get(view.key, "")
    return value if value in dict(view.options) else view.options[0][0]


def links(view: View, path: str, search: str) -> tuple[Choice, ...]:
    """Return every option as a link that changes nothing else in the address."""
    present = chosen(view, search)
    return tuple(Choice(words, _with(view, value, path, search), value == present) for value, words in view.options)


def _with(view: View, value: str, path: str, search: str) -> str:
    pairs = [pair for pair in parse_qsl(search.lstrip("?")) if pair[0] != view.key]
    if value != view.options[0][0]:
        pairs.append((view.key, value))
    return f"{path}?{urlencode(pairs)}" if pairs else path
