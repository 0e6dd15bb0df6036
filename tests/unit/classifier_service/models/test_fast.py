"""The quick model says what scikit-learn's pipeline says, and its terms add up to what it says."""

import pickle
import threading
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.pipeline import Pipeline

from benchmarks.logistic_pipeline import fast_pipeline, to_fast_model
from classifier_service.models.fast import FastModel
from classifier_service.models.text_features import TextFeatures, character_ngrams
from classifier_service.models.word_memo import WordMemo
from tests.factories.labelled_texts import labelled_texts

TEXTS, LABELS = labelled_texts(300)
WORDS = st.sampled_from(
    [*" ".join(TEXTS).split(), "x", "\u00a0", "İ", "ß", "don't", "log-in", "😀", "\u2028", "ǅ", "\x1f"]
)
ANY_TEXT = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=40).map(" ".join))


@cache
def fitted(classes: int = 4) -> tuple[Pipeline, FastModel]:
    """Return a pipeline fitted to texts of so many classes, and the quick model of it."""
    kept = sorted(set(LABELS))[:classes]
    rows = [place for place, label in enumerate(LABELS) if label in kept]
    pipeline = fast_pipeline().fit([TEXTS[row] for row in rows], [LABELS[row] for row in rows])
    return pipeline, to_fast_model(pipeline)


@given(st.lists(ANY_TEXT, min_size=1, max_size=12), st.sampled_from([2, 4]))
def test_probabilities_are_those_of_scikit_learn(texts: list[str], classes: int) -> None:
    """For any texts, of two classes or more, alone or together."""
    pipeline, model = fitted(classes)
    expected = pipeline.predict_proba(texts)
    assert model.classes == tuple(pipeline.classes_)
    np.testing.assert_allclose(model.probabilities(texts), expected, atol=5e-6)
    np.testing.assert_allclose(model.probabilities(texts[:1]), expected[:1], atol=5e-6)


def test_the_likeliest_class_is_that_of_scikit_learn() -> None:
    """Over many texts it never differs."""
    pipeline, model = fitted()
    texts, _ = labelled_texts(3_000, seed=2)
    assert (model.probabilities(texts).argmax(axis=1) == pipeline.predict_proba(texts).argmax(axis=1)).all()


@given(st.text(alphabet=st.characters(exclude_categories=["Z", "Cc"]), min_size=1, max_size=12))
def test_ngrams_are_those_of_scikit_learn(word: str) -> None:
    """Character n-grams within word boundaries, counted alike."""
    analyse = fast_pipeline()["features"].transformer_list[1][1].build_analyzer()
    if len(word.lower().split()) == 1:
        assert sorted(character_ngrams(word.lower())) == sorted(analyse(word))


@given(ANY_TEXT, st.sampled_from(sorted(set(LABELS))), st.sampled_from([0.5, 1.0, 3.0]))
def test_terms_add_up_to_the_answer(text: str, category: str, temperature: float) -> None:
    """All terms and the bias are the log-odds of the category against the average one: an exact explanation."""
    _, fast = fitted()
    model = FastModel(fast.classes, fast.features, fast.weights, fast.bias, temperature)
    log_odds = model.scores([text])[0].astype(np.float64) / temperature
    place = model.classes.index(category)
    expected = log_odds[place] - log_odds.mean()
    bias = float((model.bias[place] - model.bias.mean()) / temperature)
    total = sum(weight for _, weight in model.terms(text, category, 10**6)) + bias
    assert total == pytest.approx(expected, abs=1e-4)


def test_terms_are_words_of_the_text_the_strongest_first() -> None:
    """What a person reads makes sense of the answer."""
    _, model = fitted()
    terms = model.terms("Please REFUND the atlas, my friend!", "return_refund", 3)
    assert terms[0][0] == "refund"
    assert terms[0][1] > 0
    assert [abs(weight) for _, weight in terms] == sorted((abs(weight) for _, weight in terms), reverse=True)
    assert len(terms) == 3


def test_terms_of_an_unknown_category_are_an_error() -> None:
    """Not an empty answer, which would look like one."""
    with pytest.raises(KeyError):
        fitted()[1].terms("refund", "none", 3)


@pytest.mark.parametrize("text", ["", " ", "\n", "漢字", "\x00"])
def test_a_text_that_says_nothing_gets_the_bias(text: str) -> None:
    """No error and no division by zero: the model's own expectation."""
    _, model = fitted()
    (probabilities,) = model.probabilities([text])
    exponentials = np.exp(model.bias.astype(np.float64))
    np.testing.assert_allclose(probabilities, exponentials / exponentials.sum(), atol=1e-6)


def test_no_texts_have_no_probabilities() -> None:
    """An empty batch is an empty answer."""
    assert fitted()[1].probabilities([]).shape == (0, 4)


@given(st.lists(ANY_TEXT, min_size=1, max_size=5), st.sampled_from([0.3, 1.0, 5.0]))
def test_rows_sum_to_one_and_a_temperature_changes_no_order(texts: list[str], temperature: float) -> None:
    """Softer or surer, the likeliest stays the likeliest."""
    _, fast = fitted()
    model = FastModel(fast.classes, fast.features, fast.weights, fast.bias, temperature)
    probabilities = model.probabilities(texts)
    assert probabilities.dtype == np.float32
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)
    assert (probabilities.argmax(axis=1) == model.scores(texts).argmax(axis=1)).all()


def test_a_pickled_model_says_the_same_and_holds_no_memo() -> None:
    """What was asked of a model is no part of it: its bytes stay the same."""
    _, model = fitted()
    before = pickle.dumps(TextFeatures(model.features.vocabulary))
    model.probabilities(TEXTS)
    assert pickle.dumps(model.features) == before
    copy: FastModel = pickle.loads(pickle.dumps(model))  # noqa: S301 - our own bytes
    np.testing.assert_array_equal(copy.probabilities(TEXTS), model.probabilities(TEXTS))


def test_threads_at_the_same_time_get_the_same_answers() -> None:
    """One model serves all callers, also while its memo turns over."""
    _, model = fitted()
    features = TextFeatures(model.features.vocabulary)
    features._memo = WordMemo(features._character_ids, 20)
    shared = FastModel(model.classes, features, model.weights, model.bias)
    expected = model.probabilities(TEXTS)
    wrong: list[int] = []

    def ask(first: int) -> None:
        places = range(first, len(TEXTS), 4)
        found = {place: shared.probabilities([TEXTS[place]])[0] for place in places}
        wrong.extend(place for place in places if np.abs(found[place] - expected[place]).max() > 1e-5)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
