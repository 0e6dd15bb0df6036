"""A signed change, with a word for those who do not see its colour."""

from analytics.metrics import Better
from portal.numbers import phrasing
from portal.numbers.phrasing import Tone
from portal.numbers.reading import Reading
from portal.widgets.markup import Element, element

_WORDS = {Tone.GOOD: "better", Tone.BAD: "worse", Tone.NEUTRAL: ""}


def change_text(
    now: Reading, before: Reading | None, better: Better, compared_to: str, *, is_level: bool = False
) -> Element:
    """Return what changed against a comparison, coloured by whether that is good news for this metric.

    Args:
        now: The number.
        before: What it is compared with; None when there is none.
        better: Which direction is good.
        compared_to: Words for the comparison, such as "vs last year".
        is_level: Whether the number is a level at a moment, such as the backlog; its change is given as a count.
    """
    value = None if before is None else before.value
    n = min(now.n, 0 if before is None else before.n)
    change = phrasing.change(now.value, value, now.unit, better, n, is_level=is_level)
    before_words = phrasing.amount(value, now.unit, n)
    hint = f"{change.text} {compared_to} ({before_words})" if value is not None else change.text
    spoken = " ".join(word for word in ("", _WORDS[change.tone], compared_to) if word)
    return element(
        "Span",
        [change.text, element("Span", f" {spoken}", className="visually-hidden")],
        className=f"change {change.tone}",
        title=hint,
    )
