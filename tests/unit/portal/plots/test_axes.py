"""Axes start at nought with round steps, and names at line ends do not overlap."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from portal.plots.axes import BOTTOM_MARGIN, LABEL_GAP, TOP_MARGIN, EndLabel, end_labels, round_step, spread, value_axis
from portal.plots.theme import LIGHT

places = st.lists(st.floats(0, 500, allow_nan=False), min_size=1, max_size=8)


@given(places, st.floats(1, 30))
def test_spread_places_keep_their_gap_and_order(wanted: list[float], gap: float) -> None:
    """No two labels touch, and a higher line's name stays above."""
    placed = spread(wanted, gap)
    ordered = [placed[place] for place in sorted(range(len(wanted)), key=lambda place: (wanted[place], placed[place]))]
    assert all(after - before >= gap - 1e-6 for before, after in pairwise(ordered))


@given(places)
def test_places_that_are_far_enough_apart_stay(wanted: list[float]) -> None:
    """Labels move only when they have to."""
    apart = [100.0 * place for place in range(len(wanted))]
    assert spread(apart, LABEL_GAP) == apart


@given(st.floats(0.01, 1e6, allow_nan=False))
def test_axis_reaches_the_largest_value_from_nought(maximum: float) -> None:
    """A bar is never cut off, and never looks longer than it is."""
    axis = value_axis(LIGHT, maximum, whole=False)
    low, high = axis["range"]
    assert low == 0
    assert maximum <= high * (1 + 1e-9)
    assert high <= 2.6 * maximum


@given(st.integers(1, 10**6))
def test_axis_of_tickets_has_whole_steps(maximum: int) -> None:
    """Nobody sends half a ticket."""
    assert value_axis(LIGHT, maximum)["dtick"] % 1 == 0


def test_steps_are_round() -> None:
    """One, two, two and a half, five, ten."""
    assert [round_step(value) for value in (4, 8, 10, 20, 98)] == [1, 2, 2.5, 5, 25]


@given(st.lists(st.floats(0, 100, allow_nan=False), min_size=2, max_size=4))
def test_names_of_up_to_four_lines_never_overlap(values: list[float]) -> None:
    """Names stand at least a line of type apart, in pixels."""
    height = 250
    labels = end_labels([EndLabel(f"line {value}", value, "#000000") for value in values], 100, height)
    inner = height - TOP_MARGIN - BOTTOM_MARGIN
    pixels = sorted(label["y"] / 100 * inner + label["yshift"] for label in labels)
    assert all(after - before >= LABEL_GAP - 0.2 for before, after in pairwise(pixels))


def test_a_name_cannot_carry_markup() -> None:
    """Names come from the desk's data; plotly reads some tags in annotations."""
    assert "<a" not in end_labels([EndLabel("<a href='x'>x</a>", 1, "#000000")], 2, 200)[0]["text"]
