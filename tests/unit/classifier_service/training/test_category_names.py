"""A category's name is a text to learn from."""

import pytest

from classifier_service.training.category_names import name_text, named


@pytest.mark.parametrize(
    ("slug", "text"),
    [("card_arrival", "card arrival"), ("Refund-not_showing_up", "Refund not showing up"), ("17", ""), ("c_3", "")],
)
def test_a_slug_is_read_as_words(slug: str, text: str) -> None:
    """One without a word says nothing."""
    assert name_text(slug) == text


def test_nameless_categories_are_left_out() -> None:
    """The others keep their places."""
    assert named(("q_1", "card_arrival", "7", "top_up")) == (("card arrival", "top up"), (1, 3))
