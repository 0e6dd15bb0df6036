"""Ways to look at a page that are no filters, such as which split or which clock. They too live in the address."""

from dataclasses import dataclass
from urllib.parse import urlencode

from portal.numbers.parameters import parameter_pairs, parameters
from portal.widgets.choices import Choice


@dataclass(frozen=True, slots=True)
class View:
    """One choice among a few, with its place in the address.

    Attributes:
        key: Name of the parameter.
        options: (value, words); the first is the default and is not written.
    """

    key: str
    options: tuple[tuple[str, str], ...]


def chosen(view: View, search: str) -> str:
    """Return the value chosen in an address; the default when there is none or no such value."""
    value = parameters(search).get(view.key, "")
    return value if value in dict(view.options) else view.options[0][0]


def links(view: View, path: str, search: str) -> tuple[Choice, ...]:
    """Return every option as a link that changes nothing else in the address."""
    present = chosen(view, search)
    return tuple(Choice(words, _with(view, value, path, search), value == present) for value, words in view.options)


def _with(view: View, value: str, path: str, search: str) -> str:
    kept = [pair for pair in parameter_pairs(search) if pair[0] != view.key]
    if value != view.options[0][0]:
        kept.append((view.key, value))
    return f"{path}?{urlencode(kept)}" if kept else path
