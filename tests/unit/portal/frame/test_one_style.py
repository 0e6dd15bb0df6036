"""The style sheets as one text."""

from pathlib import Path

import portal.frame.one_style
from portal.frame.one_style import one_style

ASSETS = Path(portal.frame.one_style.__file__).parents[1] / "assets"


def test_sheets_follow_their_names_without_comments_and_needless_spaces(tmp_path: Path) -> None:
    """What means something is kept: spaces between parts of a selector, within sums and within addresses."""
    (tmp_path / "b.css").write_text("a:hover > b,\n.c .d {\n  margin: 0 4px;\n  width: calc(100% + 6px);\n}\n")
    (tmp_path / "a.css").write_text("/* One { thing. */\n:root {\n  --icon: url(\"data:x,%3Cp d='M3 3h6'/%3E\");\n}\n")
    expected = (
        ":root{--icon: url(\"data:x,%3Cp d='M3 3h6'/%3E\");}a:hover>b,.c .d{margin: 0 4px;width: calc(100% + 6px);}"
    )
    assert one_style(tmp_path) == expected


def test_the_portal_s_own_sheets_lose_nothing_but_spaces() -> None:
    """As many rules and strings as before, and nothing that would end the element it stands in."""
    written, short = "".join(path.read_text("utf-8") for path in ASSETS.glob("*.css")), one_style(ASSETS)
    without_comments = "".join(
        part.partition("*/")[2] if place else part for place, part in enumerate(written.split("/*"))
    )
    for mark in "{}\"':":
        assert short.count(mark) == without_comments.count(mark)
    assert "</" not in short
