"""The card that tries another promise: its form, what it would have changed, and the button that saves it."""

from typing import Any, Final

from analytics import pages
from analytics.vocabulary import CHANNELS
from portal.numbers import phrasing
from portal.topics.sla.replay_commands import NEW
from portal.topics.sla.replay_dataset import PolicyNow, Told
from portal.topics.sla.replay_routes import REPLAY_PATH, SAVE_PATH
from portal.widgets.data_twin import TwinRow, data_twin
from portal.widgets.markup import Element, aria, element

_TARGETS: Final = (
    ("first_reply", "First reply within"),
    ("next_reply", "Next reply within"),
    ("resolution", "Solved within"),
)
_VERDICTS: Final = {True: "met", False: "missed", None: "not judged"}


def replay_block(policies: tuple[PolicyNow, ...], told: Told | None, token: str | None) -> list[Element]:
    """Return the card's body.

    Args:
        policies: Those that hold now.
        told: What was asked last, when the address has it.
        token: Of the forms; None for those who only look.
    """
    if token is None:
        return [element("P", "Only managers try and change policies.", className="empty")]
    answer = [] if told is None else _answer(told, token)
    return [*answer, _form(policies, token), _present(policies)]


def _form(policies: tuple[PolicyNow, ...], token: str) -> Element:
    names = (*((policy.name, policy.name) for policy in policies), (NEW, "A new policy ..."))
    channels = (("", "Every channel"), *((each, phrasing.prettified(each)) for each in CHANNELS))
    fields = [
        _choice("Policy", "policy", names),
        _entry("Name, if new", "name", "text", maxLength=60),
        _choice("For, if new", "channel", channels),
        *(
            _entry(label, name, "number", min=0.05, max=10_000, step="any", placeholder="as it is")
            for name, label in _TARGETS
        ),
        _choice("Waiting for the customer", "pauses", (("", "as it is"), ("yes", "stops solving"), ("no", "counts"))),
        _choice(
            "Hours that count", "clock", (("", "as it is"), ("open_hours", "the desk’s"), ("every_hour", "every hour"))
        ),
    ]
    button = element("Button", "Replay on the last 90 days", type="submit", className="plain-button")
    grid = element("Div", fields, className="settings-grid")
    note = element(
        "P",
        "Times are in hours that count. A new policy is tried before the others, and promises only what is given.",
        className="note",
    )
    parts = [_hidden("csrf_token", token), grid, button, note]
    return element("Form", parts, action=REPLAY_PATH, method="post", className="settings-form")


def _present(policies: tuple[PolicyNow, ...]) -> Element:
    rows = [
        TwinRow(
            (
                policy.name,
                *(phrasing.NOTHING if each is None else phrasing.duration(each) for each in policy.minutes),
                "stops" if policy.pauses else "counts",
                "open hours" if policy.has_hours else "every hour",
            )
        )
        for policy in policies
    ]
    heads = ("Policy", "First reply", "Next reply", "Solved", "Waiting for the customer", "Hours")
    return _named_twin("Policies that hold now", heads, rows)


def _named_twin(name: str, heads: tuple[str, ...], rows: list[TwinRow]) -> Element:
    """Return a table with its name before the button that shows it."""
    return element(
        "Div", [element("P", f"{name}.", className="note"), data_twin(name, heads, rows)], className="card-foot"
    )


def _answer(told: Told, token: str) -> list[Element]:
    what = f"{told.policy}: {phrasing.listed(told.changes)}." if told.changes else f"{told.policy}."
    here = f"{pages.SLA}?work={told.number}"
    if told.state in {"waiting", "running"}:
        again = element("A", "Look again", href=here)
        return [element("P", [f"{what} Still at work. ", again], className="conclusion")]
    if told.state != "done":
        return [element("P", f"{what} It could not be done; nothing has changed.", className="conclusion")]
    if told.is_saving:
        saved = "Saved. The numbers follow as soon as all tickets are derived anew."
        return [element("P", f"{what} {saved}", className="conclusion")]
    return [
        element("P", element("Strong", said(told)), className="sla-replayed"),
        element("P", what, className="note"),
        _bars(told),
        _changed(told),
        _saving(told, token),
    ]


def said(told: Told) -> str:
    """Say what the policy would have changed."""
    more = told.after[0] - told.before[0]
    days = "" if told.first is None else f" since {phrasing.day(told.first, with_year=True)}"
    if not told.changed:
        return f"No ticket{days} would have got another verdict."
    if not more:
        return f"As many tickets{days} would have met every target; {told.changed:,} get another verdict."
    word = "more" if more > 0 else "fewer"
    return f"{phrasing.count(abs(more))} {word} {_noun(abs(more))}{days} would have met every target."


def _noun(number: int) -> str:
    return "ticket" if number == 1 else "tickets"


def _bars(told: Told) -> Element:
    rows = [
        element(
            "Tr",
            [
                element("Th", label, scope="row"),
                element(
                    "Td",
                    element(
                        "Span",
                        className="share-bar",
                        style={"--share": f"{100 * met / (judged or 1):.1f}%"},
                        **aria(hidden="true"),
                    ),
                    className="bar-cell",
                ),
                element("Td", f"{phrasing.count(met)} of {phrasing.count(judged)}", className="number"),
                element(
                    "Td", phrasing.percent(met / judged, judged) if judged else phrasing.NOTHING, className="number"
                ),
            ],
        )
        for label, (met, judged) in (("As it was", told.before), ("As it would be", told.after))
    ]
    return element("Table", element("Tbody", rows), className="share-table", **aria(label="Met every target"))


def _changed(told: Told) -> Element:
    rows = [
        TwinRow((f"Ticket {number}", _VERDICTS[was], _VERDICTS[then]), f"{pages.TICKETS}/{number}")
        for number, was, then in told.tickets
    ]
    weeks = [
        TwinRow((phrasing.day(week, with_year=True), _share(met, judged), _share(then_met, then_judged)))
        for week, met, judged, then_met, then_judged in told.weeks
    ]
    verdicts = (
        f"{phrasing.plural(told.changed, 'ticket')} with another verdict: {phrasing.count(told.to_met)} to met,"
        f" {phrasing.count(told.to_missed)} to missed."
    )
    shown = f" The table has the latest {len(rows)}." if len(rows) < told.changed else ""
    return element(
        "Div",
        [
            element("P", f"{verdicts}{shown}"),
            _named_twin("Tickets with another verdict", ("Ticket", "As it was", "As it would be"), rows),
            _named_twin("Week by week", ("Week from", "As it was", "As it would be"), weeks),
        ],
        className="sla-changed",
    )


def _percent(met: int, judged: int) -> str:
    return phrasing.percent(met / judged, judged) if judged else phrasing.NOTHING


def _share(met: int, judged: int) -> str:
    return f"{phrasing.percent(met / judged, judged)} of {phrasing.count(judged)}" if judged else phrasing.NOTHING


def _saving(told: Told, token: str) -> Element:
    reach = (("from_now", "from now on; what was judged stays"), ("all_time", "for all time; judged anew"))
    parts = [
        _hidden("csrf_token", token),
        _hidden("work", str(told.number)),
        _choice("It holds", "from", reach),
        element("Button", "Save this policy", type="submit", className="plain-button"),
    ]
    return element("Form", parts, action=SAVE_PATH, method="post", className="line-form")


def _choice(label: str, name: str, options: tuple[tuple[str, str], ...]) -> Element:
    chosen = [element("Option", words, value=value) for value, words in options]
    return element(
        "Label",
        [element("Span", label), element("Select", chosen, name=name, className="form-select")],
        className="field",
    )


def _entry(label: str, name: str, kind: str, **props: Any) -> Element:  # noqa: ANN401 - as `element` takes them
    control = element("Input", None, name=name, type=kind, className="form-control", **props)
    return element("Label", [element("Span", label), control], className="field")


def _hidden(name: str, value: str) -> Element:
    return element("Input", type="hidden", name=name, value=value)
