"""Keywords multiply the model's odds, unseen categories take their share, and the answer says who decided."""

from dataclasses import replace
from math import e

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier_service.classification import CategoryAnswer, Decider
from classifier_service.combination import DOUBT, KNOWN_SHARE, CategoryCombiner
from classifier_service.rules.document import RulesDocument
from classifier_service.rules.entries import Category

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
