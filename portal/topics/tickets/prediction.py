"""What the classifier said of one ticket, in a support manager's words."""

from typing import Final

from portal.numbers import phrasing
from portal.topics.tickets.detail_dataset import Prediction
from portal.topics.tickets.field_pairs import field_pairs
from portal.topics.tickets.languages import language_name
from portal.topics.tickets.list import moment
from portal.widgets.markup import Children, Element, aria, element

_DECIDED: Final = {
    "rules": "By your keywords",
    "model": "By what the model has learnt",
    "both": "Your keywords and the model agree",
    "neither": "Nobody: nothing was sure enough",
}
_URGENCY: Final = {"low": "Can wait", "normal": "Normal", "high": "Wants a quick answer", "urgent": "Cannot wait"}
_UNDETERMINED: Final = "und"
_NO_RULE: Final = "No priority rule matches."
_SET_BY: Final = {
    "person": "set by a person",
    "rules": "by the classifier's rules",
    "model": "by the classifier",
    "default": "nobody has set it",
}


def prediction_lines(prediction: Prediction) -> list[Element]:
    """Return what was said: category and how sure, who decided, priority and why, how it sounds, and the reasons."""
    lines = []
    if prediction.needs_review:
        lines.append(element("P", "Needs review: nothing was sure enough to file this ticket by.", className="notice"))
    lines.append(field_pairs(_pairs(prediction)))
    if prediction.reasons:
        reasons = [element("Li", reason, dir="auto") for reason in prediction.reasons]
        listed = element("Ul", reasons, className="reasons", **aria(label="Reasons"))
        why = f"Why: {phrasing.plural(len(prediction.reasons), 'reason')}"
        lines.append(element("Details", [element("Summary", why), listed], className="edit-fold"))
    note = f"By model {prediction.model_version}, {moment(prediction.predicted_at)}"
    return [*lines, element("P", note, className="note")]


def set_by(value: str, source: str) -> Children:
    """Return a value and, unless it came with the ticket, whose word it is."""
    words = _SET_BY.get(source)
    return [value, element("Span", f" · {words}", className="muted")] if words else value


def _pairs(prediction: Prediction) -> list[tuple[str, Children]]:
    return [
        ("Category", _category(prediction)),
        ("Or else", _alternatives(prediction)),
        ("Decided", _DECIDED.get(prediction.decider or "", "")),
        ("Priority", _priority(prediction)),
        ("Urgency", _URGENCY.get(prediction.urgency or "", "")),
        ("Customer sounds", "" if prediction.sentiment is None else phrasing.prettified(prediction.sentiment)),
        ("Language", _language(prediction)),
    ]


def _category(prediction: Prediction) -> str:
    if prediction.needs_review:
        likeliest = prediction.alternatives[0] if prediction.alternatives else None
        if likeliest is None or not likeliest.share:
            return "None is likely"
        suggested = "" if likeliest.is_own else "; a suggestion, this desk has no such category"
        return f"Perhaps {likeliest.category}, {_sure(likeliest.share)}{suggested}"
    confidence = "" if prediction.confidence is None else f", {_sure(prediction.confidence)}"
    return f"{prediction.category or 'Undecided'}{confidence}"


def _sure(confidence: float) -> str:
    """Return how sure, never as certain: a rounded 100 % would promise too much."""
    most = 0.99
    return f"over {phrasing.percent(most)} sure" if confidence > most else f"{phrasing.percent(confidence)} sure"


def _alternatives(prediction: Prediction) -> str:
    """Return the next likeliest category, where it is a rival at all."""
    if len(prediction.alternatives) < 2 or prediction.alternatives[1].share < 0.05:  # noqa: PLR2004 - a rival in twenty
        return ""
    rival = prediction.alternatives[1]
    return f"{rival.category}, {phrasing.percent(rival.share)}"


def _language(prediction: Prediction) -> str:
    tag, second = prediction.language, prediction.second_language
    if tag is None:
        return ""
    if tag == _UNDETERMINED:
        return "Too short or too mixed to tell"
    return f"{language_name(tag)}, mixed with {language_name(second)}" if second else language_name(tag)


def _priority(prediction: Prediction) -> Children:
    if prediction.priority is None:
        return ""
    named = phrasing.prettified(prediction.priority)
    if prediction.priority_reason is None:
        return named
    reason = prediction.priority_reason or _NO_RULE
    return [named, element("Br"), element("Span", reason, className="muted")]
