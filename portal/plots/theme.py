"""The colours of both themes, once: figures read them here, and `assets/tokens.css` is made from them."""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final

FONT_FAMILY: Final = "Inter, system-ui, sans-serif"
FONT_SIZE: Final = 12


class ThemeName(StrEnum):
    """Which of the two themes a reader looks at."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of one theme, as #rrggbb.

    Attributes:
        background: Behind the cards.
        card: Of a card.
        ink: Text.
        muted: Secondary text and axis labels.
        line: Hairlines and grid.
        accent: Marks: the main series, bars, rings.
        accent_text: The accent where it is read, 4.5 : 1 on every background.
        accent_soft: Behind a chosen chip or a navigation entry.
        comparison: The series the main one is compared with.
        good: A change for the better.
        bad: A change for the worse.
        due_soon: Of what falls due soon. The later something is, the less it glows: what can still be saved does.
        late_hours: Of what is late by less than a day.
        late_days: Of what is late by less than a week.
        late_weeks: Of what is later than that.
        categories: A colour-blind-safe set in the order of Okabe and Ito (2008), with lightness moved so that each
            stands out at 3 : 1 from the card.
    """

    background: str
    card: str
    ink: str
    muted: str
    line: str
    accent: str
    accent_text: str
    accent_soft: str
    comparison: str
    good: str
    bad: str
    due_soon: str
    late_hours: str
    late_days: str
    late_weeks: str
    categories: tuple[str, ...]


LIGHT: Final = Theme(
    background="#f7f8fa",
    card="#ffffff",
    ink="#17202c",
    muted="#66717f",
    line="#e6e9ee",
    accent="#2f6fdb",
    accent_text="#2560c4",
    accent_soft="#eef3fc",
    comparison="#8a95a3",
    good="#187a4b",
    bad="#b4401f",
    due_soon="#8a5a00",
    late_hours="#c2261c",
    late_days="#a04a3c",
    late_weeks="#7d5a58",
    categories=("#b97d00", "#2e8fc4", "#00916a", "#8f8600", "#0072b2", "#d55e00", "#c0699a", "#66717f"),
)
DARK: Final = Theme(
    background="#0f141b",
    card="#171e27",
    ink="#e7ecf2",
    muted="#94a1b1",
    line="#26303c",
    accent="#6aa3ff",
    accent_text="#6aa3ff",
    accent_soft="#1f2b3c",
    comparison="#758396",
    good="#5bc48d",
    bad="#f0875f",
    due_soon="#e6b450",
    late_hours="#ff7a66",
    late_days="#d98f80",
    late_weeks="#b59a97",
    categories=("#e69f00", "#56b4e9", "#15ac82", "#f0e442", "#3f97d3", "#f07a2b", "#d98bb8", "#94a1b1"),
)


def theme_named(name: str | None) -> Theme:
    """Return the theme of that name; the light one when there is none of that name."""
    return DARK if name == ThemeName.DARK else LIGHT


def css_variables(theme: Theme) -> tuple[tuple[str, str], ...]:
    """Return the theme as pairs of CSS variable and colour."""
    single = [
        (f"--{field.name.replace('_', '-')}", getattr(theme, field.name))
        for field in fields(theme)
        if field.name != "categories"
    ]
    numbered = [(f"--category-{place}", colour) for place, colour in enumerate(theme.categories, start=1)]
    return (*single, *numbered)


def translucent(colour: str, share: float) -> str:
    """Return a colour that lets the card through; plotly reads rgba and no CSS variable."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share:g})"
