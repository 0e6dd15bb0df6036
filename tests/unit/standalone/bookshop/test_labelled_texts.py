"""Texts to learn from: every category, no spam, always the same."""

from collections import Counter
from datetime import date

from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.labelled_texts import labelled_texts
from standalone.bookshop.vocabulary import CATEGORIES


def test_every_category_has_texts_and_they_are_the_same_for_a_seed() -> None:
    """A model that is trained again on the same day is the same model."""
    until = date(2026, 3, 2)
    one, same, other = (labelled_texts(400, seed, read_effects(None), until) for seed in (7, 7, 8))
    assert one == same
    assert one.texts != other.texts
    assert set(one.labels) == set(CATEGORIES)
    assert 360 < len(one) <= 400
    assert all(text.strip() for text in one.texts)


def test_no_text_is_spam() -> None:
    """What belongs in no category teaches nothing."""
    made = labelled_texts(400, 7, read_effects(None), date(2026, 3, 2))
    assert not [text for text in made.texts if "offers@spam.example" in text]
    assert max(Counter(made.texts).values()) < 5
