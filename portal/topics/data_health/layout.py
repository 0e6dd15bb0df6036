"""The cards of the Data health page without numbers."""

from dash import dcc, html
from dash.development.base_component import Component

from portal.topics.data_health import ids
from portal.widgets.chart_card import block_card
from portal.widgets.definition import explanation

_LOOK_MILLISECONDS = 2_000
_IMPORT = (
    "A file is first looked at: which column is what, and which rows would be left out. Nothing is kept until you say.",
    "A file that comes in again changes nothing; a corrected one corrects. An import can be taken back.",
)
_WORK = (
    "What takes longer goes on here, also when the page is closed. What it makes is for whoever asked for it only.",
    "Files are deleted after seven days.",
)
_QUARANTINE = (
    "A row that breaks a rule is not guessed at. It waits here as it was received and counts nowhere.",
    "After a rule was corrected, the rows can be tried again; a corrected file brings them in too.",
)
_JOBS = ("The jobs keep the numbers current. What went wrong is a short word here; the log has the sentence.",)
_RULES = ("Each rule is looked at every night. A ticket that breaks one still counts where its value is known.",)


def layout() -> Component:
    """Return the page without numbers."""
    cards = [
        _card(ids.IMPORT, "Import a file", _IMPORT, "span-7"),
        _card(ids.WORK, "Background work", _WORK, "span-5"),
        _card(ids.IMPORTS, "Imports", _IMPORT, "span-12"),
        _card(ids.QUARANTINE, "Left out", _QUARANTINE, "span-7"),
        _card(ids.RULES, "Rules of the data", _RULES, "span-5"),
        _card(ids.JOBS, "Jobs", _JOBS, "span-12"),
    ]
    ticks = dcc.Interval(id=ids.LOOK, interval=_LOOK_MILLISECONDS)
    state = dcc.Store(id=ids.IMPORT_STATE)
    return html.Div([html.Div(id=ids.TOLD), html.Div(cards, className="page-grid"), ticks, state])


def _card(block: str, title: str, lines: tuple[str, ...], place: str) -> html.Section:
    return block_card(block, title, explanation(f"About: {title}", title, lines), 120, place=place)
