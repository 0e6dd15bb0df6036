"""The desk's own categories are learnt as soon as there is enough to learn, and never twice from the same."""

from random import Random

from classifier_service.registry.opening import open_registry
from classifier_service.training.blank import publish_blank
from etl.running.runner import Outcome
from etl.settings import ClassifierSettings
from tests.integration.etl.classification.classified_desk import NOW, ClassifiedDesk

WORDS = {
    "Heating": ("radiator", "boiler", "thermostat", "cold room", "pilot light"),
    "Lifts": ("lift stuck", "elevator door", "between floors", "button panel", "shaft noise"),
    "Keys": ("lost key", "new fob", "lock jammed", "door code", "spare key"),
}
FILLING = (
    "please",
    "today",
    "hello",
    "we",
    "still",
    "about",
    "my",
    "reply",
    "soon",
    "the",
    "school",
    "again",
    "thanks",
)


def add(desk: ClassifiedDesk, category: str, count: int) -> None:
    """Add imported tickets of a category, which an import lists."""
    desk.execute(
        "insert into support.categories (slug, name) values (:slug, :slug) on conflict do nothing", slug=category
    )
    random = Random(category + str(count))
    for _ in range(count):
        filling = " ".join(random.sample(FILLING, 5))
        desk.add(" and ".join(random.sample(WORDS[category], 2)), content=filling, category=category)


def learn(desk: ClassifiedDesk) -> int:
    """Run the job, which succeeds, and return whether a new model serves."""
    done = desk.run("learn_categories")
    assert done.outcome is Outcome.SUCCEEDED, done.error
    assert done.result is not None
    return done.result.row_count


def test_two_categories_of_twenty_tickets_are_learnt_at_once(classified_desk: ClassifiedDesk) -> None:
    """One ticket fewer is not enough; the model replaces one that has learnt nothing, and every ticket is queued."""
    publish_blank(open_registry(ClassifierSettings.from_environment().registry), NOW)
    add(classified_desk, "Heating", 20)
    add(classified_desk, "Lifts", 19)
    assert learn(classified_desk) == 0
    add(classified_desk, "Lifts", 1)
    classified_desk.execute("delete from support.classification_tasks")
    assert learn(classified_desk) == 1
    assert classified_desk.waiting() == 40
    registry = open_registry(ClassifierSettings.from_environment().registry)
    bundle, card = registry.load_model(str(registry.champion()))
    assert set(bundle.category_model.classes) == {"Heating", "Lifts"}
    assert card.has_figures
    kept = classified_desk.rows("select version, training_count, is_promoted from ops.classifier_models")
    assert kept == [(card.version, 40, True)]


def test_the_same_tickets_teach_once_and_a_further_category_teaches_again(classified_desk: ClassifiedDesk) -> None:
    """A second import may bring what the first had not."""
    for category in ("Heating", "Lifts"):
        add(classified_desk, category, 20)
    learn(classified_desk)
    learn(classified_desk)
    assert len(classified_desk.rows("select version from ops.classifier_models")) == 1
    add(classified_desk, "Keys", 20)
    learn(classified_desk)
    known = "select labelled_categories from ops.classifier_models order by array_length(labelled_categories, 1)"
    assert classified_desk.rows(known) == [(["Heating", "Lifts"],), (["Heating", "Keys", "Lifts"],)]


def test_tickets_that_repeat_one_another_are_no_failure(classified_desk: ClassifiedDesk) -> None:
    """Twenty times the same text is one text: there is nothing to learn yet, and nobody is told of an error."""
    for category in ("Heating", "Lifts"):
        classified_desk.execute("insert into support.categories (slug, name) values (:slug, :slug)", slug=category)
        for number in range(25):
            classified_desk.add(f"{category} {number}", category=category)
    assert learn(classified_desk) == 0
    assert classified_desk.rows("select version from ops.classifier_models") == []
