"""Titles, quotations and denied topics are taken out of a text before its topic is looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier_service.mentions import meant, names_in, unquoted, without_names
from classifier_service.words import words_of


def own_words(text: str) -> str:
    unquoted_text = unquoted(text)
    return without_names(unquoted_text, names_in(unquoted_text))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Is 'The Silent Invoice' in stock?", "invoice"),
        ('I want "Cancelled Dreams" in hardcover', "cancelled"),
        ("I look for “Refund Me” by him", "refund"),
        ("my friend works for Broken Glass Trading in town", "broken"),
        ("we saw The Return of the King there", "return"),
        ('the teacher said "cancel it all" to us', "cancel"),
    ],
)
def test_titles_names_and_quotations_are_not_the_writers_words(text: str, masked: str) -> None:
    """A keyword in them says nothing."""
    assert masked in words_of(text)
    assert masked not in words_of(own_words(text))


@pytest.mark.parametrize(
    "text",
    [
        "it says 'payment failed, try again' when I pay",
        "PLEASE CANCEL MY ORDER NOW",
        "Cancel My Order Please Today",
        "I can't return it, it's the customer's fault",
        "Where is my refund?",
    ],
)
def test_what_a_machine_says_headlines_and_apostrophes_stay(text: str) -> None:
    """They are what the message is about."""
    assert own_words(text) == text


@pytest.mark.parametrize(
    ("text", "denied", "kept"),
    [
        ("I am not asking for a refund, where is my parcel?", "refund", "parcel"),
        ("There is no problem with the website. I want to buy an atlas.", "website", "atlas"),
        ("No refund needed, thank you for the lovely books", "refund", "lovely"),
        ("My account is fine, I want to know about the diaries", "account", "diaries"),
        ("Ga ke batle refund, parcel ya me e kae?", "refund", "parcel"),
        ("I do not want a voucher but my money back", "voucher", "money"),
    ],
)
def test_a_topic_that_a_text_denies_is_not_what_it_is_about(text: str, denied: str, kept: str) -> None:
    """Up to the end of the clause; what follows stays."""
    words = words_of(meant(text))
    assert denied not in words
    assert kept in words


@pytest.mark.parametrize("text", ["No refund needed", "I cannot log in", "The book has not arrived and I want it"])
def test_a_text_that_would_lose_nearly_everything_or_denies_no_topic_stays(text: str) -> None:
    """What does not work is a topic."""
    assert meant(text) == text


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("'\"“” .,ABCno")), max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    """Nothing is added to it."""
    assert len(meant(own_words(text))) <= len(text)
