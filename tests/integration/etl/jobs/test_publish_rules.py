"""The rules in the database are the rules in the registry, whenever the job has run."""

from classifier_service.rules.defaults import default_rules
from etl.classification.desk_rules import desk_rules, published_rules
from etl.running.runner import Outcome
from etl.settings import ClassifierSettings
from tests.integration.etl.classification.classified_desk import ClassifiedDesk


def test_a_new_desk_has_the_default_rules(classified_desk: ClassifiedDesk) -> None:
    """What migrations put in and what the service would start with are the same words."""
    with classified_desk.engine.connect() as connection:
        rules, defaults = desk_rules(connection), default_rules()
    assert (rules.keywords, rules.languages) == (defaults.keywords, defaults.languages)
    assert [(each.slug, each.name) for each in rules.categories] == [
        (each.slug, each.name) for each in defaults.categories
    ]
    assert rules.priority_rules == defaults.priority_rules


def test_changed_rules_are_published_once(classified_desk: ClassifiedDesk) -> None:
    """A run that finds nothing new publishes nothing."""
    first, second = classified_desk.run("publish_rules"), classified_desk.run("publish_rules")
    classified_desk.execute("insert into support.category_keywords (category, phrase) values ('book_order', 'zebra')")
    third = classified_desk.run("publish_rules")
    assert [done.result.row_count for done in (first, second, third) if done.result] == [1, 0, 1]
    registry = published_rules(ClassifierSettings.from_environment().registry)
    assert "zebra" in {keyword.phrase for keyword in registry.load(None).keywords}


def test_rules_that_contradict_one_another_are_not_published(classified_desk: ClassifiedDesk) -> None:
    """The service goes on with what it has, and the failure says what is wrong."""
    classified_desk.run("publish_rules")
    classified_desk.execute("update support.priority_rules set priority = 'whenever' where position = 7")
    done = classified_desk.run("publish_rules")
    assert done.outcome is Outcome.FAILED
    assert "whenever" in done.error
    assert "Write one of: low, medium, high, urgent." in done.error
