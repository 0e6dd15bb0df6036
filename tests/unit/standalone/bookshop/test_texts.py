"""What customers write."""

import math
import re
from collections import Counter, defaultdict

import pandas as pd
import pytest

from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.texts import read_phrases
from standalone.bookshop.vocabulary import CATEGORIES
from tests.unit.standalone.bookshop.desk_figures import read_desk

# The keywords that the owner's categoriser counts.
KEYWORDS = {
    "book_order": ("order", "delivery", "shipping", "book", "purchase"),
    "account_issue": ("login", "password", "account", "access", "profile"),
    "technical_support": ("website", "error", "bug", "not working", "broken"),
    "return_refund": ("return", "refund", "exchange", "cancel", "unhappy"),
    "general_inquiry": ("question", "information", "help", "wondering"),
}


@pytest.fixture(scope="module")
def tickets() -> pd.DataFrame:
    """The tickets of a desk, with their words."""
    frame = read_desk(8000, 5, read_effects())["support_tickets"].dropna(subset=["category"])
    frame["text"] = (frame.subject + " " + frame.content).str.lower()
    return frame


def _by_keywords(text: str) -> str | None:
    counts = {category: sum(text.count(word) for word in words) for category, words in KEYWORDS.items()}
    best = max(counts, key=lambda category: counts[category])
    return best if counts[best] else None


def _learned(train: pd.DataFrame, test: pd.DataFrame) -> list[str]:
    """Return the categories that naive Bayes on words gives."""
    words: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text, category in zip(train.text, train.category, strict=True):
        words[category].update(set(re.findall(r"[a-z']+", text)))
    known = set().union(*words.values())
    totals = {category: sum(counts.values()) + len(known) for category, counts in words.items()}
    answers = []
    for text in test.text:
        found = set(re.findall(r"[a-z']+", text)) & known
        scores = {
            category: sum(math.log((counts[word] + 1) / totals[category]) for word in found)
            for category, counts in words.items()
        }
        answers.append(max(scores, key=lambda category: scores[category]))
    return answers


def test_a_model_learns_more_than_keywords_tell(tickets: pd.DataFrame) -> None:
    """Keywords name the category of some tickets; words learned from others do clearly better, but not perfectly."""
    train, test = tickets[:6000], tickets[6000:]
    by_keywords = [_by_keywords(text) for text in test.text]
    keyword_share = sum(answer == truth for answer, truth in zip(by_keywords, test.category, strict=True)) / len(test)
    learned_share = sum(
        answer == truth for answer, truth in zip(_learned(train, test), test.category, strict=True)
    ) / len(test)
    assert 0.35 < keyword_share < 0.75
    assert keyword_share + 0.1 < learned_share < 0.99


def test_some_tickets_have_no_keyword_at_all(tickets: pd.DataFrame) -> None:
    """The categoriser's fallback has something to do in every category."""
    silent = tickets[[_by_keywords(text) is None for text in tickets.text]]
    assert len(silent) > 0.05 * len(tickets)
    assert set(silent.category) == set(CATEGORIES)


def test_texts_hardly_repeat(tickets: pd.DataFrame) -> None:
    """Messages are put together from so many parts that nearly all differ."""
    assert tickets.content.nunique() > 0.98 * len(tickets)
    assert not tickets.text.str.contains(r"%\(|\{|\}").any()


def test_languages_come_in_their_shares(tickets: pd.DataFrame) -> None:
    """Some customers write Setswana, alone or mixed with English."""
    share = (tickets.language == "tn").mean()
    assert 0.08 < share < 0.2
    setswana = tickets[tickets.language == "tn"].text.str.contains(r"\b(?:ke|ka|ga|le|dumelang|kopa)\b")
    assert setswana.mean() > 0.9


def test_moods_of_first_messages_go_with_ratings(tickets: pd.DataFrame) -> None:
    """Those who complain in the first message rate lower in the end."""
    rated = tickets.dropna(subset=["customer_satisfaction_score"])
    cross = rated.text.str.contains("unacceptable|disappointed|ridiculous|patience|wits' end|pillar to post")
    happy = rated.text.str.contains("keep up the good work|love your shop|wonderful to deal|best in town")
    assert rated[cross].customer_satisfaction_score.mean() < rated[happy].customer_satisfaction_score.mean() - 0.2


@pytest.mark.parametrize("language", ["en", "tn"])
def test_phrases_can_stand_in_a_csv_field(language: str) -> None:
    """No phrase holds a double quote, and every topic has all its parts."""
    phrases = read_phrases(language)
    assert len(phrases.topics) == len(CATEGORIES) + 2
    for topic in phrases.topics:
        assert all(topic)
        assert not any('"' in phrase for part in topic for phrase in part)
