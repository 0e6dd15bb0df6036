"""Both themes are readable, and the style sheet is made from them."""

import pytest

from portal.numbers.reading import CATEGORY_COLOURS
from portal.plots.theme import DARK, LIGHT, Theme, ThemeName, theme_named, translucent
from portal.plots.tokens_css import TOKENS_CSS, tokens_css

both = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def test_style_sheet_is_what_the_themes_make() -> None:
    """Figures and pages cannot drift apart: run `python -m portal.plots.tokens_css` after a change."""
    assert TOKENS_CSS.read_text(encoding="utf-8") == tokens_css()


@both
def test_text_has_enough_contrast(theme: Theme) -> None:
    """WCAG 2.2 AA: 4.5 to 1 for text, on cards and on the page."""
    late = (theme.due_soon, theme.late_hours, theme.late_days, theme.late_weeks)
    inks = (theme.ink, theme.muted, theme.accent_text, theme.good, theme.bad, *late)
    assert min(_contrast(ink, ground) for ink in inks for ground in (theme.card, theme.background)) >= 4.5
    assert _contrast(theme.accent_text, theme.accent_soft) >= 4.5


@both
def test_marks_stand_out_from_the_card(theme: Theme) -> None:
    """WCAG 2.2 AA: 3 to 1 for what has to be seen to understand a chart."""
    assert min(_contrast(colour, theme.card) for colour in (*theme.categories, theme.accent, theme.comparison)) >= 3


@both
def test_category_colours_differ(theme: Theme) -> None:
    """There is one for each place in the desk's list that has a colour of its own."""
    assert len(set(theme.categories)) == len(theme.categories) == CATEGORY_COLOURS


def test_an_unknown_theme_is_the_light_one() -> None:
    """A stale cookie breaks nothing."""
    assert [theme_named(name) for name in (*ThemeName, None, "sepia")] == [LIGHT, DARK, LIGHT, LIGHT]


def test_translucent_keeps_the_colour() -> None:
    """Plotly is given rgba."""
    assert translucent("#2f6fdb", 0.1) == "rgba(47,111,219,0.1)"


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
