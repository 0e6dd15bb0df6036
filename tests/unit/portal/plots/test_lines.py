"""Lines over time."""

from datetime import date, timedelta

from portal.plots.lines import Line, lines_figure
from portal.plots.theme import LIGHT

STARTS = tuple(date(2026, 11, 2) + timedelta(days=7 * place) for place in range(4))
WORDS = ("a", "b", "c", "d, so far")


def line(count: int = 4, *, is_running: bool) -> Line:
    """Return a line of some weeks."""
    hrefs = tuple(f"/{word}" for word in WORDS[:count])
    return Line(
        "In", STARTS[:count], (1.0, 2.0, 3.0, 1.0)[:count], "#123456", WORDS[:count], hrefs, is_running=is_running
    )


def test_the_way_to_the_stretch_under_way_is_dashed() -> None:
    """Every stretch is told and linked once: the place where both parts meet by the solid one."""
    solid, dashed = lines_figure((line(is_running=True),), LIGHT, height=200)["data"]
    assert solid["x"] == [str(start) for start in STARTS[:3]]
    assert "dash" not in solid["line"]
    assert dashed["x"] == [str(start) for start in STARTS[2:]]
    assert dashed["line"]["dash"]
    assert dashed["y"] == [3.0, 1.0]
    assert dashed["hovertemplate"][0] == ""
    assert dashed["hoverinfo"][0] == "skip"
    assert dashed["text"][1] == "d, so far"
    assert dashed["customdata"] == ["/c", "/d, so far"]


def test_a_line_whose_stretches_are_over_is_one_line() -> None:
    """So is one that has the stretch under way alone."""
    assert len(lines_figure((line(is_running=False),), LIGHT, height=200)["data"]) == 1
    assert len(lines_figure((line(1, is_running=True),), LIGHT, height=200)["data"]) == 1
