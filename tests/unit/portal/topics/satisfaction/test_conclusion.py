"""What the Satisfaction page says."""

from dataclasses import replace
from datetime import date

from analytics.mix_effect import MixEffect
from portal.numbers.reading import Judged, Point, Reading, Series
from portal.topics.satisfaction import conclusion as says
from portal.topics.satisfaction.dataset import LowRatings, Moved, Ratings

DAY = date(2026, 2, 2)
NOW, BEFORE = Reading(0.59, 700, "share"), Reading(0.64, 800, "share")
RATINGS = Ratings(
    "week",
    Series("CSAT", (Point(DAY, DAY, NOW, "/tickets"),)),
    (Reading(0.37, 1900, "share"),),
    NOW,
    BEFORE,
    Judged(is_clear=True),
    Reading(0.37, 900, "share"),
    is_partial=False,
)


def test_a_clear_fall_is_called_clear_and_another_one_chance() -> None:
    """The word follows the judgement, not the size."""
    assert "fell" in says.ratings(RATINGS)
    assert "clearly lower" in says.ratings(RATINGS)
    assert "may be chance" in says.ratings(replace(RATINGS, judged=Judged()))


def test_without_a_comparison_only_the_level_is_said() -> None:
    """Nothing rose or fell where nothing is compared."""
    said = says.ratings(replace(RATINGS, before=None))
    assert "700 ratings" in said
    assert "fell" not in said


def test_who_answers_is_not_said_where_it_is_not_known() -> None:
    """A desk that does not record surveys has no response rate, and not 0."""
    assert "asked" not in says.ratings(replace(RATINGS, response=Reading(None, 0, "share")))


def test_a_change_that_may_be_chance_is_not_explained() -> None:
    """Parts of noise are noise."""
    found = Moved("category", NOW, BEFORE, MixEffect(-0.04, -0.01, is_clear=True), (("Returns", -0.03),), is_clear=True)
    assert "add up to it" in says.moved(found)
    assert "may be chance" in says.moved(replace(found, is_clear=False))


def test_low_ratings_say_how_many_have_a_comment() -> None:
    """No comment is said in words."""
    assert says.low(LowRatings((), 3, 1, 1)) == "3 ratings of 1 or 2, 1 with a comment."
    assert "none with a comment" in says.low(LowRatings((), 3, 0, 1))
