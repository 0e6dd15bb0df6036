"""What a manager may change on the Staffing page: the settings, and the roster."""

from analytics import pages
from portal.topics.staffing.dataset import ChannelTarget, StaffingSettings
from portal.widgets.markup import Element, element

SETTINGS_ADDRESS = f"{pages.STAFFING}/settings"
ROSTER_ADDRESS = f"{pages.STAFFING}/roster"


def settings_form(settings: StaffingSettings, token: str) -> Element:
    """Return the form of the settings; shares are read in per cent.

    Args:
        settings: What is set now.
        token: Of the session, against forged forms.
    """
    fields = [
        _number(
            "Breaks, training, leave and illness", "shrinkage", 100 * settings.shrinkage, (0, 90, 1), "% of paid time"
        ),
        _number("Busy at most", "occupancy_cap", 100 * settings.occupancy_cap, (30, 100, 1), "% of time at work"),
        _number("At work at least", "minimum_people", settings.minimum_people, (0, 1000, 1), "people"),
        _number("Enough for", "quantile", 100 * settings.quantile, (50, 97, 1), "% of days"),
        _number("Cost", "cost_per_hour", settings.cost_per_hour, (0, 1_000_000, 0.01), "an hour"),
        _text("Currency", "currency", settings.currency),
        _number("Longest shift", "shift_hours", settings.shift_hours, (1, 24, 1), "hours"),
        _number(
            "Mail answered within",
            "written_due_hours",
            settings.written_due_minutes / 60,
            (0.25, 720, 0.25),
            "open hours",
        ),
        _tick("People on calls and chats answer mail in between", "is_blended", is_ticked=settings.is_blended),
    ]
    targets = [field for target in settings.targets for field in _target_fields(target)]
    return element(
        "Form",
        [
            _hidden(token),
            element("Div", [*fields, *targets], className="settings-grid"),
            element("Button", "Save settings", type="submit", className="plain-button"),
        ],
        action=SETTINGS_ADDRESS,
        method="post",
        className="settings-form",
    )


def roster_form(token: str) -> Element:
    """Return the forms that import a roster and enter one shift."""
    file = element("Input", name="roster", type="file", accept=".csv,text/csv", required=True)
    importing = element(
        "Form",
        [
            _hidden(token),
            element("Label", [element("Span", "Roster as CSV: agent, date, start, end"), file], className="field"),
            element("Button", "Import roster", type="submit", className="plain-button"),
        ],
        action=ROSTER_ADDRESS,
        method="post",
        encType="multipart/form-data",
        className="settings-form",
    )
    shift = element(
        "Form",
        [
            _hidden(token),
            element("Div", [_part(*each) for each in _SHIFT_PARTS], className="settings-grid"),
            element("Button", "Enter shift", type="submit", className="plain-button"),
        ],
        action=f"{ROSTER_ADDRESS}/shift",
        method="post",
        className="settings-form",
    )
    return element("Div", [importing, shift])


_SHIFT_PARTS = (
    ("Agent", "agent", "text"),
    ("Day", "date", "date"),
    ("From", "start", "time"),
    ("Until", "end", "time"),
)


def _part(label: str, name: str, kind: str) -> Element:
    control = element("Input", name=name, type=kind, required=True, maxLength=100)
    return element("Label", [element("Span", label), control], className="field")


def _target_fields(target: ChannelTarget) -> list[Element]:
    name = {"call": "Calls", "chat": "Chats"}.get(target.channel, target.channel.capitalize())
    prefix = f"target-{target.channel}-"
    patience = "" if target.patience_seconds is None else target.patience_seconds
    return [
        _number(f"{name} answered in time", f"{prefix}level", 100 * target.service_level, (10, 99, 1), "%"),
        _number(f"{name}: in time is", f"{prefix}within", target.within_seconds, (0, 3600, 1), "seconds"),
        _number(
            f"{name}: customers give up after", f"{prefix}patience", patience, (1, 86_400, 1), "seconds; empty: never"
        ),
    ]


def _number(label: str, name: str, value: float | str, span: tuple[float, float, float], unit: str) -> Element:
    shown = value if isinstance(value, str) else f"{value:.10g}"
    least, most, step = span
    control = element("Input", name=name, type="number", defaultValue=shown, min=least, max=most, step=step)
    return element(
        "Label",
        [element("Span", label), element("Span", [control, element("Small", unit)], className="with-unit")],
        className="field",
    )


def _text(label: str, name: str, value: str) -> Element:
    control = element("Input", name=name, type="text", defaultValue=value, maxLength=3, minLength=3, required=True)
    return element("Label", [element("Span", label), control], className="field")


def _tick(label: str, name: str, *, is_ticked: bool) -> Element:
    control = element("Input", name=name, type="checkbox", value="yes", defaultChecked=is_ticked)
    return element("Label", [control, element("Span", label)], className="field is-tick")


def _hidden(token: str) -> Element:
    return element("Input", name="csrf_token", type="hidden", value=token)
