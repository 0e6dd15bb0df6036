"""The bookshop's tickets as benchmarks read them."""

from benchmarks.bookshop_tickets import filed_tickets, planted_texts
from standalone.bookshop.vocabulary import CATEGORIES, LANGUAGES, MOODS, URGENCIES


def test_filed_tickets_have_a_text_and_a_category() -> None:
    """Neither spam nor what nobody categorised is among them, and the same seed gives the same."""
    tickets = filed_tickets(300, 1)
    assert 270 < len(tickets) <= 300
    assert {each.category for each in tickets} == set(CATEGORIES)
    assert all(each.text for each in tickets)
    assert {each.rating for each in tickets} >= {None, 5}
    assert tickets == filed_tickets(300, 1)


def test_planted_texts_are_of_every_kind() -> None:
    """Each category, urgency, mood and language is drawn."""
    texts = list(planted_texts(400, 1))
    assert len(texts) == 400
    assert {each.category for each in texts} == set(CATEGORIES)
    assert {each.urgency for each in texts} == set(URGENCIES)
    assert {each.mood for each in texts} == set(MOODS)
    assert {each.language for each in texts} == set(LANGUAGES)
