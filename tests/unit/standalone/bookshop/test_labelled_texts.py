"""Texts to learn from: every category, no spam, always the same."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.labelled_texts import labelled_texts, written_texts
from standalone.bookshop.vocabulary import CATEGORIES
from standalone.first_model import TEXTS, first_tickets

ROOT = Path(__file__).parents[4]
LISTS = ROOT / "tests" / "integration" / "classifier_service"


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


def test_the_written_texts_cover_every_category_about_evenly_and_each_is_there_once() -> None:
    """A text that is there twice would stand on both sides when a part is held out."""
    written = written_texts()
    counts = Counter(written.labels)
    assert set(counts) == set(CATEGORIES)
    assert min(counts.values()) >= 150
    assert len({_words(text) for text in written.texts}) == len(written)
    assert all(text == text.strip() and text for text in written.texts)


def test_no_written_text_is_one_that_is_measured_on() -> None:
    """What was learnt says nothing about how well other texts are told."""
    asked = _texts_of(LISTS)
    assert asked
    # The number alone: the texts of the lists are not for those who write texts to learn from.
    assert sum(_words(text) in asked for text in written_texts().texts) == 0


def test_the_first_model_learns_from_generated_and_written_texts() -> None:
    """The generated ones first."""
    tickets, written = first_tickets(date(2026, 3, 2)), written_texts()
    assert tickets.texts[-len(written) :] == written.texts
    assert 0.9 * TEXTS < len(tickets) - len(written) <= TEXTS


def _words(text: str) -> str:
    return " ".join(text.casefold().split())


def _texts_of(folder: Path) -> set[str]:
    texts: set[str] = set()
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            texts |= {_words(row["text"]) for row in csv.DictReader(file) if row.get("text")}
    return texts
