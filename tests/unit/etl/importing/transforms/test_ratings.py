"""A rating of another scale becomes the nearest of 1 to 5."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.importing.transforms.ratings import SCALES, read_rating, scales_of
from etl.importing.transforms.reasons import FieldError


@pytest.mark.parametrize(
    ("text", "scale", "rating"),
    [
        ("4", "1-5", "4"),
        ("0", "0-10", "1"),
        ("10", "0-10", "5"),
        ("7", "0-10", "4"),
        ("80 %", "1-5", "4"),
        ("4/5", "0-10", "4"),
        ("8 out of 10", "1-5", "4"),
        ("3 stars", "1-5", "3"),
        ("1", "3-1", "5"),
        ("3", "3-1", "1"),
    ],
)
def test_ratings_are_brought_to_the_scale_of_the_desk(text: str, scale: str, rating: str) -> None:
    assert read_rating(text, scale) == rating


@pytest.mark.parametrize(
    ("text", "scale"), [("6", "1-5"), ("4.5", "1-5"), ("-1", "0-10"), ("good", "1-5"), ("101%", "1-5")]
)
def test_what_is_no_rating_of_the_scale_is_refused(text: str, scale: str) -> None:
    with pytest.raises(FieldError):
        read_rating(text, scale)


@given(st.sampled_from(sorted(SCALES)), st.floats(0, 1), st.floats(0, 1))
def test_a_better_rating_is_never_worse_afterwards(scale: str, one: float, other: float) -> None:
    worst, best = SCALES[scale]
    low, high = (round(worst + (best - worst) * share) for share in sorted((one, other)))
    assert read_rating(str(int(low)), scale) <= read_rating(str(int(high)), scale)


@pytest.mark.parametrize(
    ("texts", "likeliest"),
    [(["5", "1"], "1-5"), (["4", "3"], "1-5"), (["9", "0"], "0-10"), (["95", "40"], "percent"), (["0", "5"], "0-5")],
)
def test_the_scale_that_fits_best_is_proposed_first(texts: list[str], likeliest: str) -> None:
    assert scales_of(texts)[0] == likeliest
