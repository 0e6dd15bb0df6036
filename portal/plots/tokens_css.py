"""Make `portal/assets/tokens.css` from the themes: `python -m portal.plots.tokens_css`."""

from pathlib import Path
from typing import Final

from portal.plots.theme import DARK, LIGHT, Theme, css_variables

TOKENS_CSS: Final = Path(__file__).parent.parent / "assets" / "tokens.css"
_HEADER: Final = "/* Made by `python -m portal.plots.tokens_css` from portal/plots/theme.py. */\n"


def tokens_css() -> str:
    """Return the style sheet that gives every colour its CSS variable in both themes."""
    light = _block(':root,\n[data-bs-theme="light"]', LIGHT, "light")
    dark = _block('[data-bs-theme="dark"]', DARK, "dark")
    return f"{_HEADER}{light}{dark}"


def _block(selector: str, theme: Theme, scheme: str) -> str:
    lines = "".join(f"  {name}: {colour};\n" for name, colour in css_variables(theme))
    return f"{selector} {{\n  color-scheme: {scheme};\n{lines}}}\n"


def main() -> None:
    """Write the style sheet."""
    TOKENS_CSS.write_text(tokens_css(), encoding="utf-8")


if __name__ == "__main__":
    main()
