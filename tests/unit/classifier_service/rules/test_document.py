"""A rules document is one value with one sequence of bytes, and whatever else is refused by a sentence."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier_service.classification import Priority, Urgency
from classifier_service.errors import InvalidRulesError
from classifier_service.rules.defaults import default_rules
from classifier_service.rules.document import MAX_KEYWORDS, RulesDocument
from classifier_service.rules.entries import Category, Keyword, PriorityRule
from tests.conftest import examples

FALLBACK = Category("general_inquiry", "General inquiry")


def changed(**entries: Any) -> bytes:
    """The default rules as JSON with some entries replaced."""
    return json.dumps(json.loads(default_rules().to_json()) | entries).encode()


def priority_rule(**entries: Any) -> bytes:
    """The default rules as JSON with one priority rule, some of whose entries are replaced."""
    rule = {"position": 1, "customer_type": None, "urgency": None, "priority": "low", "reason": "Because."}
    return changed(priority_rules=[rule | entries])


def test_a_sound_change_is_accepted() -> None:
    """What the refusals below start from is itself no reason to refuse."""
    assert RulesDocument.from_json(priority_rule()).priority_rules[0].reason == "Because."


def test_default_rules_come_back_from_their_bytes_unchanged() -> None:
    """Reading what was written gives an equal document with equal bytes."""
    rules = default_rules()
    read = RulesDocument.from_json(rules.to_json())
    assert read == rules
    assert read.to_json() == rules.to_json()


@given(st.randoms())
def test_equal_rules_have_equal_bytes_whatever_order_they_were_written_in(random: Any) -> None:
    """The order of entries, and numbers written as 1 or 1.0, leave no trace."""
    rules = default_rules()
    table = json.loads(rules.to_json())
    for entries in ("categories", "keywords", "priority_rules", "languages"):
        random.shuffle(table[entries])
    for keyword in table["keywords"]:
        keyword["weight"] = int(keyword["weight"]) if keyword["weight"] % 1 == 0 else keyword["weight"]
        keyword["phrase"] = f" {keyword['phrase'].upper()}  "
    shuffled = json.dumps(dict(reversed(table.items())), indent=1, ensure_ascii=True).encode()
    assert RulesDocument.from_json(shuffled).to_json() == rules.to_json()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format":' + b"9" * 5_000 + b"}",
        b" " * (8 * 1024 * 1024 + 1),
        changed(format=2),
        changed(surprise=1),
        changed(abstention_threshold=float("nan")),
        changed(abstention_threshold=float("inf")),
        changed(abstention_threshold=1.01),
        changed(abstention_threshold=True),
        changed(languages=[]),
        changed(languages=["en", "en"]),
        changed(languages=["english"]),
        changed(languages=[1]),
        changed(categories=[]),
        changed(categories={"slug": "x"}),
        changed(categories=[{"slug": "x"}]),
        changed(priority_rules=[None]),
        changed(keywords=[{"category": "nowhere", "phrase": "x", "language": "en", "weight": 1}]),
        changed(keywords=[{"category": "book_order", "phrase": "", "language": "en", "weight": 1}]),
        changed(keywords=[{"category": "book_order", "phrase": "?!", "language": "en", "weight": 1}]),
        changed(keywords=[{"category": "book_order", "phrase": "\ud800x", "language": "en", "weight": 1}]),
        changed(keywords=[{"category": "book_order", "phrase": "x" * 201, "language": "en", "weight": 1}]),
        changed(keywords=[{"category": "book_order", "phrase": "a b c d e f g h i", "language": "en", "weight": 1}]),
        changed(keywords=[{"category": "book_order", "phrase": "x", "language": "en", "weight": 0}]),
        changed(keywords=[{"category": "book_order", "phrase": "x", "language": "en", "weight": 10.1}]),
        changed(keywords=[{"category": "book_order", "phrase": "x", "language": "en", "weight": 10**400}]),
        changed(keywords=[{"category": "book_order", "phrase": "x", "language": "en", "weight": "1"}]),
        changed(keywords=[{"category": "book_order", "phrase": "x", "language": "en", "weight": 1}] * 2),
        changed(keywords=[{"category": "book_order", "phrase": "x", "language": "en", "weight": None}]),
        priority_rule(position=True),
        priority_rule(position=10**9),
        priority_rule(urgency="soon"),
        priority_rule(priority=None),
        priority_rule(customer_type="\x00"),
        priority_rule(reason=" "),
        default_rules().to_json().replace(b'"format":1', b'"format":1,"format":1'),
    ],
)  # fmt: skip
def test_whatever_is_no_rules_document_is_refused(content: bytes) -> None:
    """Anything but a whole and sound document raises the named error and nothing else."""
    with pytest.raises(InvalidRulesError) as refused:
        RulesDocument.from_json(content)
    assert refused.value.message.endswith(".")


@settings(max_examples=examples(500))
@given(st.binary(max_size=200) | st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda each: st.lists(each, max_size=4) | st.dictionaries(
        st.sampled_from(["format", "categories", "keywords", "priority_rules", "languages", "slug"]) | st.text(), each,
    ),
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_hostile_bytes_raise_the_named_error_only(content: bytes) -> None:
    """Arbitrary bytes and arbitrary JSON never raise anything but InvalidRulesError."""
    with pytest.raises(InvalidRulesError):
        RulesDocument.from_json(content)


def test_a_truncated_document_is_refused() -> None:
    """No beginning of a document is a document."""
    content = default_rules().to_json()
    for length in range(0, len(content), 37):
        with pytest.raises(InvalidRulesError):
            RulesDocument.from_json(content[:length])


def test_general_inquiry_is_there_and_active() -> None:
    """Without the category that takes what nothing decides, there are no rules."""
    for categories in ((Category("x", "X"),), (replace(FALLBACK, is_active=False),)):
        with pytest.raises(InvalidRulesError, match="general_inquiry"):
            RulesDocument(categories)


def test_too_many_keywords_are_refused() -> None:
    """The limit itself is allowed, one more is not."""
    keywords = tuple(Keyword("general_inquiry", f"word{number}") for number in range(MAX_KEYWORDS + 1))
    assert RulesDocument((FALLBACK,), keywords[:-1]).keywords
    with pytest.raises(InvalidRulesError, match="more than 10,000 keywords"):
        RulesDocument((FALLBACK,), keywords)


def test_phrases_are_brought_into_one_form() -> None:
    """Case, spaces and the form of an accent do not make another keyword."""
    assert Keyword("x", "  Cafe\u0301   MENU ").phrase == "caf\u00e9 menu"


def test_a_slug_may_be_what_an_import_wrote() -> None:
    """Imported categories are named by the file: spaces, slashes and capitals are kept."""
    rules = RulesDocument((FALLBACK, Category("Noise - Street/Sidewalk", "Noise")))
    assert RulesDocument.from_json(rules.to_json()) == rules


def test_priority_rules_stand_in_the_order_of_their_positions() -> None:
    """The lowest position comes first, and no two rules share one."""
    first = PriorityRule(1, "School ", Urgency.HIGH, Priority.URGENT, "First.")
    second = PriorityRule(2, None, None, Priority.LOW, "Second.")
    rules = RulesDocument((FALLBACK,), priority_rules=(second, first))
    assert [each.reason for each in rules.priority_rules] == ["First.", "Second."]
    assert rules.priority_rules[0].customer_type == "school"
    with pytest.raises(InvalidRulesError, match="twice"):
        RulesDocument((FALLBACK,), priority_rules=(second, replace(first, position=2)))


def test_a_suggestion_is_kept_and_rules_without_one_have_the_bytes_they_had() -> None:
    """So that registries of earlier versions hold no new document for the same rules."""
    rules = default_rules()
    suggesting = replace(rules, categories=tuple(replace(each, is_suggested=True) for each in rules.categories))
    assert RulesDocument.from_json(suggesting.to_json()) == suggesting
    assert b"is_suggested" not in rules.to_json()
    assert (rules.filing_slugs, suggesting.filing_slugs) == (frozenset(rules.active_slugs), frozenset())
