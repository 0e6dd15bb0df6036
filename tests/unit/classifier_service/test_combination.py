"""Keywords multiply the model's odds, unseen categories take their share, and the answer says who decided."""

from dataclasses import replace
from math import e

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier_service.classification import Abstention, CategoryAnswer, Decider
from classifier_service.combination import DOUBT, KNOWN_SHARE, CategoryCombiner, Strangeness, vouching_scores
from classifier_service.rules.document import RulesDocument
from classifier_service.rules.entries import Category, Keyword
from classifier_service.rules.keywords import KeywordHit

CLASSES = ("a", "b", "general_inquiry")
RULES = RulesDocument(tuple(Category(slug, slug) for slug in (*CLASSES, "new")))


def answer(
    probabilities: list[float], scores: dict[str, float], rules: RulesDocument = RULES, threshold: float = 0.0
) -> CategoryAnswer:
    combiner = CategoryCombiner(CLASSES, rules, threshold)
    return combiner.combine(np.array([probabilities], dtype=np.float32), [scores])[0]


def probability(found: CategoryAnswer, category: str) -> float:
    return {each.category: each.probability for each in found.alternatives}[category]


def test_without_keywords_the_models_probabilities_stand() -> None:
    """A text in which no keyword was found keeps the model's calibration."""
    found = answer([0.5, 0.3, 0.2], {})
    assert [probability(found, each) for each in CLASSES] == pytest.approx([0.5, 0.3, 0.2])
    assert (found.category, found.decider, found.is_abstention) == ("a", Decider.MODEL, False)


def test_a_point_of_score_makes_a_category_e_times_as_likely() -> None:
    """Odds are multiplied, whatever they were."""
    found = answer([0.5, 0.3, 0.2], {"b": 1.0})
    assert probability(found, "b") / probability(found, "a") == pytest.approx(e * 0.3 / 0.5)


@pytest.mark.parametrize(
    ("probabilities", "scores", "decider"),
    [
        ([0.9, 0.05, 0.05], {"a": 1.0}, Decider.BOTH),
        ([0.9, 0.05, 0.05], {"b": 1.0}, Decider.MODEL),
        ([0.5, 0.4, 0.1], {"b": 1.0}, Decider.RULES),
        ([0.45, 0.4, 0.15], {"b": 0.9, "general_inquiry": 1.0}, Decider.BOTH),
    ],
)
def test_who_decided(probabilities: list[float], scores: dict[str, float], decider: Decider) -> None:
    """The answer names whose first choice it is; where it is nobody's, both made it so."""
    assert answer(probabilities, scores).decider == decider


def test_a_category_that_the_model_never_saw_is_answered_by_its_keywords() -> None:
    """One plain keyword is enough, also beside a model that is sure and a keyword of its choice."""
    alone = answer([0.98, 0.01, 0.01], {"new": 1.0})
    assert (alone.category, alone.decider) == ("new", Decider.RULES)
    assert alone.confidence == pytest.approx(1 / (1 + DOUBT))
    beside = answer([0.98, 0.01, 0.01], {"new": 1.0, "a": 1.0})
    assert beside.category == "new"
    assert beside.confidence == pytest.approx(1 / (1 + KNOWN_SHARE + DOUBT))


def test_below_the_threshold_nothing_is_answered() -> None:
    """An abstention is general_inquiry by nobody, with the confidence and the alternatives that there were."""
    found = answer([0.4, 0.35, 0.25], {}, threshold=0.5)
    assert (found.category, found.decider, found.is_abstention) == ("general_inquiry", Decider.NEITHER, True)
    assert found.confidence == pytest.approx(0.4)
    assert found.alternatives[0].category == "a"


def test_the_rules_own_threshold_counts() -> None:
    """A manager's threshold replaces the model's, upwards and downwards."""
    for stated, is_abstention in ((0.6, True), (0.0, False)):
        rules = replace(RULES, abstention_threshold=stated)
        assert answer([0.5, 0.3, 0.2], {}, rules, threshold=0.55).is_abstention is is_abstention


def test_a_category_that_is_not_active_is_never_answered() -> None:
    """Its probability goes to the others in their proportions."""
    rules = RulesDocument((Category("a", "a", is_active=False), Category("b", "b"), Category("general_inquiry", "g")))
    found = answer([0.8, 0.15, 0.05], {}, rules)
    assert found.category == "b"
    assert found.confidence == pytest.approx(0.75)
    assert "a" not in {each.category for each in found.alternatives}


def test_a_class_that_the_rules_do_not_list_is_answered() -> None:
    """A desk may serve a model before it has listed its categories."""
    rules = RulesDocument((Category("general_inquiry", "g"),))
    assert answer([0.8, 0.15, 0.05], {}, rules).category == "a"
    assert CategoryCombiner(CLASSES, rules, 0.0).categories == CLASSES


ROWS = st.lists(st.floats(0, 1, width=32), min_size=3, max_size=3).filter(any)
SCORES = st.dictionaries(st.sampled_from([*CLASSES, "new"]), st.floats(0.01, 500))


@given(st.lists(st.tuples(ROWS, SCORES), min_size=1, max_size=5))
def test_probabilities_stay_probabilities(rows: list[tuple[list[float], dict[str, float]]]) -> None:
    """Whatever the model and the keywords say, what is left is between 0 and 1, adds up to 1 and is ordered."""
    table = np.array([row for row, _scores in rows], dtype=np.float32)
    combiner = CategoryCombiner(CLASSES, RULES, 0.4)
    for found in combiner.combine(table, [scores for _row, scores in rows]):
        probabilities = [each.probability for each in found.alternatives]
        assert sum(probabilities) == pytest.approx(1)
        assert probabilities == sorted(probabilities, reverse=True)
        assert 0 <= found.confidence <= 1
        assert found.is_abstention == (found.confidence < 0.4)


def strange_answer(likeness: float, vouching: dict[str, float], scores: dict[str, float]) -> CategoryAnswer:
    """Return the answer to a text of some likeness of which the model is sure that it is "a"."""
    strangeness = Strangeness(np.array([likeness]), [vouching])
    combiner = CategoryCombiner(CLASSES, RULES, 0.4)
    return combiner.combine(np.array([[0.98, 0.01, 0.01]], np.float32), [scores], strangeness)[0]


def test_a_text_unlike_what_was_learnt_is_left_to_a_person() -> None:
    """However sure the model is: of such texts it knows nothing."""
    found = strange_answer(0.1, {}, {})
    assert (found.category, found.abstention) == ("general_inquiry", Abstention.UNLIKE)
    assert found.confidence == pytest.approx(0.098)
    assert (found.alternatives[0].category, found.is_abstention) == ("a", True)


def test_a_text_like_what_was_learnt_is_answered_as_before() -> None:
    """Likeness 1 changes nothing."""
    found = strange_answer(1.0, {"b": 1.0}, {"b": 1.0})
    assert found == answer([0.98, 0.01, 0.01], {"b": 1.0}, threshold=0.4)


def test_an_unsure_answer_to_a_usual_text_says_that_it_is_unsure() -> None:
    """A person who reviews the ticket is told which of the two it was."""
    combiner = CategoryCombiner(CLASSES, RULES, 0.6)
    strangeness = Strangeness(np.array([0.99]), [{}])
    (found,) = combiner.combine(np.array([[0.4, 0.3, 0.3]], np.float32), [{}], strangeness)
    assert found.abstention is Abstention.UNSURE
    assert answer([0.4, 0.3, 0.3], {}).abstention is None


def test_one_plain_keyword_that_is_news_to_the_model_files_a_strange_text() -> None:
    """A manager's word counts where the model knows nothing, whatever the model says."""
    found = strange_answer(0.01, {"b": 1.0}, {"b": 1.0})
    assert found.category == "b"
    assert found.confidence == pytest.approx(0.8, abs=0.02)


def hit(phrase: str, category: str, weight: float = 1.0) -> KeywordHit:
    return KeywordHit(Keyword(category, phrase, weight=weight), 1)


def test_a_keyword_vouches_only_for_what_the_model_cannot_know() -> None:
    """An unknown word, or any word for a category that was not learnt, counts in full; others beyond a weight of 2."""
    hits = [hit("geyser", "a"), hit("return", "b"), hit("return", "new"), hit("refund", "general_inquiry", 3.0)]
    found = vouching_scores(hits, {"return", "refund"}.__contains__, frozenset(CLASSES))
    assert found == {"a": 1.0, "new": 1.0, "general_inquiry": 1.0}


def test_a_suggestion_is_named_and_never_answered() -> None:
    """However sure it is, the ticket waits for a person, who sees it among the alternatives."""
    rules = RulesDocument((Category("a", "a"), Category("general_inquiry", "g"), Category("x", "x", is_suggested=True)))
    found = answer([0.5, 0.3, 0.2], {"x": 50.0}, rules)
    assert (found.category, found.decider, found.is_abstention) == ("general_inquiry", Decider.NEITHER, True)
    assert found.alternatives[0].category == "x"


def test_a_model_that_knows_nothing_leaves_it_to_keywords() -> None:
    """Without a keyword there is no answer; with one the category is as likely as one that no model has seen."""
    combiner = CategoryCombiner((), RULES, 0.3)
    nothing, keyword = combiner.combine(np.zeros((2, 0), dtype=np.float32), [{}, {"new": 1.0}])
    assert (nothing.is_abstention, nothing.confidence) == (True, 0.0)
    assert (keyword.category, keyword.decider) == ("new", Decider.RULES)
    assert keyword.confidence == pytest.approx(1 / (1 + DOUBT))
