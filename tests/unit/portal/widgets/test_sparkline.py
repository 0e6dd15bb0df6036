"""The line on a card."""

import pytest

from portal.widgets.sparkline import sparkline


def image(values: tuple[float | None, ...], *, is_running: bool) -> str:
    """Return the drawing of a line."""
    return str(sparkline(values, is_running=is_running)).replace("\\", "")


def test_the_way_to_a_stretch_that_is_not_over_is_dashed() -> None:
    """The line ends where it did; without such a stretch nothing is dashed."""
    over, running = (image((1.0, 2.0, 4.0, 3.0), is_running=each) for each in (False, True))
    assert "stroke-dasharray" not in over
    assert running.count("stroke-dasharray") == running.count("maskImage") + running.count("WebkitMaskImage")
    assert "M64.7 3.0L97.0 11.0" in running


@pytest.mark.parametrize("values", [(1.0, 2.0, None), (1.0, 2.0, None, 3.0), (None, 2.0)])
def test_a_line_that_has_no_way_to_its_last_stretch_is_drawn_as_ever(values: tuple[float | None, ...]) -> None:
    assert image(values, is_running=True) == image(values, is_running=False)
