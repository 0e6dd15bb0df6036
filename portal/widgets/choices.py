"""A row of choices that live in the address, so that the back button undoes them."""

from dataclasses import dataclass

from dash import html

from portal.widgets.markup import aria


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways to look at a page.

    Attributes:
        label: What a manager reads.
        href: The page with this choice made.
        is_chosen: Whether it is the present one.
    """

    label: str
    href: str
    is_chosen: bool


def choice_row(label: str, choices: tuple[Choice, ...]) -> html.Nav:
    """Return links side by side, the chosen one marked.

    Args:
        label: What is chosen, for screen readers.
        choices: In the order shown.
    """
    return html.Nav([_link(choice) for choice in choices], className="choices", **aria(label=label))


def _link(choice: Choice) -> html.A:
    return html.A(
        choice.label, href=choice.href, className="choice", **aria(current="true" if choice.is_chosen else "false")
    )
