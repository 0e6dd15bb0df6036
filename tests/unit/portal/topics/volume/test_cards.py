"""The cards of the Volume page say what they do not draw."""

from dataclasses import replace

from portal.topics.volume.cards import split_block
from tests.factories.volume import make_split


def test_weeks_that_the_period_cuts_are_said_to_be_left_out() -> None:
    """The week under way is counted and not drawn; without one nothing is said of it."""
    said = "Weeks cut by the ends of the period are counted, and not drawn."
    assert said in str(split_block(replace(make_split(), is_partial=True)))
    assert said not in str(split_block(make_split()))
