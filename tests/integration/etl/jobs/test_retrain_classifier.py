"""The desk's own words retrain the classifier, and a model serves only if it is better."""

from collections.abc import Mapping
from random import Random

import pytest

from classifier_service.registry.opening import open_registry
from classifier_service.training.labelled_tickets import CORRECTED_WEIGHT
from etl.classification.history import labelled_tickets
from etl.running.runner import Outcome
from etl.settings import ClassifierSettings
from tests.integration.etl.classification.classified_desk import ClassifiedDesk

WORDS = {
    "book_order": ("parcel", "courier", "delivery", "stock", "shipping"),
    "account_issue": ("password", "login", "profile", "locked", "username"),
}
_FILLING = ("please", "today", "hello", "we", "still", "about", "my", "reply", "soon", "the", "school", "again")


def add_tickets(desk: ClassifiedDesk, count: int, seed: int, **columns: object) -> None:
    """Add tickets whose words tell their category."""
    random = Random(seed)
    for _ in range(count):
        category = random.choice(tuple(WORDS))
        words = [*random.choices(WORDS[category], k=2), *random.choices(_FILLING, k=6)]
        random.shuffle(words)
        desk.add(" ".join(words), category=category, content=str(random.random()), **columns)


def test_a_first_model_serves_and_one_that_has_nothing_new_does_not(classified_desk: ClassifiedDesk) -> None:
    """The reason stands in the run's details."""
    add_tickets(classified_desk, 200, seed=1)
    first, second = classified_desk.run("retrain_classifier"), classified_desk.run("retrain_classifier")
    assert first.result is not None
    assert second.result is not None
    assert (first.result.row_count, first.result.details["promoted"]) == (1, 1)
    assert first.result.details["reason"] == "Promoted: no model has served before."
    assert (second.result.row_count, second.result.details["promoted"]) == (0, 0)
    assert str(second.result.details["reason"]).startswith("Kept the champion")
    registry = open_registry(ClassifierSettings.from_environment().registry)
    assert registry.champion() == first.result.details["version"]
    assert len(registry.model_versions()) == 2


def test_a_model_that_learnt_better_takes_over(classified_desk: ClassifiedDesk) -> None:
    """A champion of misfiled tickets loses to what people filed since."""
    add_tickets(classified_desk, 200, seed=1)
    swapped = "case category when 'book_order' then 'account_issue' else 'book_order' end"
    classified_desk.execute(f"update support.support_tickets set category = {swapped}")
    classified_desk.run("retrain_classifier")
    classified_desk.execute("update support.support_tickets set category = null")
    add_tickets(classified_desk, 300, seed=2, category_source="person")
    done = classified_desk.run("retrain_classifier")
    assert done.result is not None
    assert done.result.details["promoted"] == 1
    assert "the new model alone does better on" in str(done.result.details["reason"])


def correct(desk: ClassifiedDesk, count: int, seed: int, wrong: int = 0) -> None:
    """Add tickets that a person has filed under a new category, some of them wrongly; they are the newest."""
    random = Random(seed)
    for number in range(count):
        topic = WORDS["book_order"] if number < wrong else ("voucher", "gift", "card", "present", "balance")
        words = [*random.choices(topic, k=2), *random.choices(_FILLING, k=6)]
        random.shuffle(words)
        # Of the same shape as the other tickets: nothing but the words may tell the category.
        desk.add(" ".join(words), category="gift_card", content=str(random.random()), category_source="person")


def teach(desk: ClassifiedDesk, wrong: int) -> Mapping[str, object]:
    """Serve a model of two categories, correct fifty tickets to a third, retrain, and return the run's details."""
    add_tickets(desk, 300, seed=1)
    desk.run("retrain_classifier")
    desk.execute("insert into support.categories (slug, name, position) values ('gift_card', 'Gift card', 9)")
    correct(desk, 50, seed=2, wrong=wrong)
    done = desk.run("retrain_classifier")
    assert done.result is not None
    return done.result.details


def test_a_category_taught_by_fifty_corrections_is_learnt_and_serves(classified_desk: ClassifiedDesk) -> None:
    """Though the champion has learnt from all the other tickets, and the corrections are the newest."""
    details = teach(classified_desk, wrong=0)
    assert details["promoted"] == 1
    assert "50 of a category that it does not know" in str(details["reason"])
    registry = open_registry(ClassifierSettings.from_environment().registry)
    bundle, _card = registry.load_model(str(registry.champion()))
    model = bundle.category_model
    texts = ["please a gift voucher for my school", "the balance of the gift card again", "still no present card today"]
    assert [model.classes[place] for place in model.probabilities(texts).argmax(axis=1)] == ["gift_card"] * 3


def test_a_bad_batch_of_corrections_is_not_promoted(classified_desk: ClassifiedDesk) -> None:
    """Fifteen of fifty contradict what the desk files; the details say so."""
    details = teach(classified_desk, wrong=15)
    assert details["promoted"] == 0
    assert "contradict the other tickets" in str(details["reason"])


def test_a_persons_word_comes_first_and_weighs_more_and_the_classifiers_own_teaches_nothing(
    classified_desk: ClassifiedDesk,
) -> None:
    """It must not learn its own mistakes."""
    for source in ("imported", "person", "model", "rules"):
        classified_desk.add(f"from {source}", category="book_order", category_source=source)
    classified_desk.add("spam", category="book_order", exclusion="spam")
    with classified_desk.engine.connect() as connection:
        tickets = labelled_tickets(connection, 10)
    assert [text.partition("\n")[0] for text in tickets.texts] == ["from person", "from imported"]
    assert tickets.weights == (CORRECTED_WEIGHT, 1.0)


@pytest.mark.parametrize("count", [0, 3])
def test_too_few_tickets_are_told_in_a_sentence(classified_desk: ClassifiedDesk, count: int) -> None:
    """A new desk's first run is no crash."""
    add_tickets(classified_desk, count, seed=1)
    done = classified_desk.run("retrain_classifier")
    assert done.outcome is Outcome.FAILED
    assert "Fewer than two categories" in done.error
