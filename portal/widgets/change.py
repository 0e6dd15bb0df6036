"""A signed change, with a word for those who do not see its colour. Only what is more than chance has a colour."""

from typing import Final

from analytics.metrics import Better
from portal.numbers import phrasing
from portal.numbers.phrasing import Tone
from portal.numbers.reading import Judged, Reading
from portal.widgets.markup import Element, element

MAY_BE_CHANCE: Final = "may be chance"
_WORDS: Final = {Tone.GOOD: "better", Tone.BAD: "worse", Tone.NEUTRAL: ""}
_DIMENSIONS: Final = {"category": "categories", "priority": "priorities", "channel": "channels"}


def change_text(
    now: Reading,
    before: Reading | None,
    better: Better,
    compared_to: str,
    judged: Judged | None = None,
    *,
    is_level: bool = False,
) -> Element:
    """Return what changed against a comparison, coloured by whether that is good news for this metric.

    Args:
        now: The number.
        before: What it is compared with; None when there is none.
        better: Which direction is good.
        compared_to: Words for the comparison, such as "vs last year".
        judged: Whether the change is more than chance, and what the mix did; None where that is not asked, and such a
            change has no colour.
        is_level: Whether the number is a level at a moment, such as the backlog; its change is given as a count.
    """
    value = None if before is None else before.value
    n = min(now.n, 0 if before is None else before.n)
    change = phrasing.change(now.value, value, now.unit, better, n, is_level=is_level)
    tone = change.tone if judged is not None and judged.has_tone else Tone.NEUTRAL
    before_words = phrasing.amount(value, now.unit, n)
    hint = f"{change.text} {compared_to} ({before_words})" if value is not None else change.text
    doubt = MAY_BE_CHANCE if is_doubtful(now, before, judged, is_level=is_level) else ""
    spoken = " ".join(word for word in ("", _WORDS[tone], compared_to, doubt) if word)
    return element(
        "Span",
        [change.text, element("Span", f" {spoken}", className="visually-hidden")],
        className=f"change {tone}",
        title=f"{hint}, {doubt}" if doubt else hint,
    )


def is_doubtful(now: Reading, before: Reading | None, judged: Judged | None, *, is_level: bool = False) -> bool:
    """Say whether there is a change to be seen that is no more than chance."""
    if judged is None or judged.is_clear or before is None or now.value is None or before.value is None:
        return False
    words = phrasing.change(now.value, before.value, now.unit, Better.LOWER, min(now.n, before.n), is_level=is_level)
    return words.tone is not Tone.NEUTRAL


def change_notes(now: Reading, before: Reading | None, judged: Judged, *, is_level: bool = False) -> list[Element]:
    """Return the lines that stand under a change: that it may be chance, and what the mix of tickets did."""
    notes = [MAY_BE_CHANCE.capitalize()] if is_doubtful(now, before, judged, is_level=is_level) else []
    if judged.mix is not None and now.value is not None and before is not None and before.value is not None:
        notes.append(mix_sentence(now, before, judged))
    return [element("Div", f"{each}.", className="kpi-why") for each in notes]


def mix_sentence(now: Reading, before: Reading, judged: Judged) -> str:
    """Say how much of a change is the mix of tickets and how much is not, without the full stop."""
    mix, n = judged.mix, min(now.n, before.n)
    if mix is None or now.value is None or before.value is None:
        return ""
    of_mix = phrasing.change(now.value, now.value - mix.change, now.unit, Better.LOWER, n).text
    alike = phrasing.change(mix.held, before.value, now.unit, Better.LOWER, n).text
    return f"{of_mix} is from another mix of {_DIMENSIONS[mix.dimension]}; like for like {alike}"
