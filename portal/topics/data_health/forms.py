"""What a manager may do on the Data health page, as forms with a token."""

from collections.abc import Mapping
from typing import Any, Final

from analytics import pages
from portal.topics.data_health.conclusion import JOB_NAMES
from portal.topics.data_health.dataset import WorkRow
from portal.widgets.markup import Element, aria, element

UPLOADS: Final = f"{pages.DATA_HEALTH}/uploads"
LOOK: Final = f"{pages.DATA_HEALTH}/look"
IMPORT: Final = f"{pages.DATA_HEALTH}/import"
UNDO: Final = f"{pages.DATA_HEALTH}/undo"
REPLAY: Final = f"{pages.DATA_HEALTH}/replay"
RUN: Final = f"{pages.DATA_HEALTH}/run"
CANCEL: Final = f"{pages.DATA_HEALTH}/cancel"
EXPORT: Final = f"{pages.TICKETS}/export"
FILES: Final = f"{pages.DATA_HEALTH}/files"
ROWS: Final = {
    "tickets": "Tickets",
    "customers": "Customers",
    "agents": "Agents",
    "interactions": "Messages",
    "statuses": "Status changes",
    "ratings": "Ratings",
}
"""What the rows of a file may be."""


def upload_form(token: str) -> Element:
    """Return where a file is dropped or chosen; `assets/upload.js` sends it piece by piece."""
    kinds = [element("Option", words, value=slug) for slug, words in ROWS.items()]
    return element(
        "Form",
        [
            element("Input", name="csrf_token", type="hidden", value=token),
            element(
                "Label",
                [element("Span", "The rows are"), element("Select", kinds, name="rows")],
                className="field",
            ),
            element(
                "Label",
                [
                    element("Span", "Drag a file here, or choose one", className="upload-words"),
                    element("Input", name="file", type="file", accept=".csv,.tsv,.txt,.xlsx,.json,.jsonl,.gz,.zip"),
                    element("Small", "CSV, TSV, XLSX or JSON, also zipped; at most 200 MB. Nothing is kept yet."),
                ],
                className="upload-zone",
            ),
            element("P", "", className="upload-told", role="status"),
        ],
        action=UPLOADS,
        method="post",
        className="upload-form",
    )


def questions_form(work: WorkRow, token: str) -> Element:
    """Return the form that answers an import's questions."""
    return element(
        "Form",
        [
            *_hidden(token, work=str(work.id)),
            *map(_question, work.answer["questions"]),
            _button("Answer, and look again"),
        ],
        action=LOOK,
        method="post",
        className="settings-form",
    )


def _question(asked: Mapping[str, Any]) -> Element:
    name, choices = f"answer:{asked['name']}", list(asked["choices"])
    if choices:
        options = [element("Option", "Choose …", value="")] if not asked["default"] else []
        options += [element("Option", each, value=each) for each in choices]
        control = element("Select", options, name=name, defaultValue=asked["default"], required=True)
    else:
        control = element("Input", name=name, type="text", defaultValue=asked["default"], maxLength=200, required=True)
    return element("Label", [element("Span", asked["text"]), control], className="field upload-question")


def small_form(address: str, token: str, words: str, label: str = "", **fields: str) -> Element:
    """Return a form of one button."""
    named = aria(label=label) if label else {}
    button = element("Button", words, type="submit", className="plain-button", **named)
    return element("Form", [*_hidden(token, **fields), button], action=address, method="post", className="small-form")


def run_form(token: str) -> Element:
    """Return the form that runs a job."""
    options = [element("Option", words, value=slug) for slug, words in JOB_NAMES.items()]
    field = element("Label", [element("Span", "Run now"), element("Select", options, name="job")], className="field")
    return element(
        "Form",
        [*_hidden(token), field, _button("Run in the background")],
        action=RUN,
        method="post",
        className="settings-form",
    )


def _button(words: str) -> Element:
    return element("Button", words, type="submit", className="plain-button")


def _hidden(token: str, **fields: str) -> list[Element]:
    pairs = {"csrf_token": token, **fields}
    return [element("Input", name=name, type="hidden", value=value) for name, value in pairs.items()]
