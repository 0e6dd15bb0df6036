"""Publish the desk's present rules, so that the classifier service uses them."""

from typing import Final

from classifier_service.errors import RegistryError
from classifier_service.registry.published_rules import PublishedRules
from classifier_service.rules.document import RulesDocument
from etl.classification.desk_rules import desk_rules, published_rules
from etl.classification.saving import queue_again_under
from etl.classification.templates import take_wanted_template
from etl.running.job import Detail, Job, JobContext, JobResult
from etl.settings import ClassifierSettings


def _run(context: JobContext) -> JobResult:
    settings = ClassifierSettings.from_environment()
    with context.engine.begin() as connection:
        is_taken = take_wanted_template(connection)
        rules = desk_rules(connection)
    registry = published_rules(settings.registry)
    before = registry.pointer.read()
    earlier = _earlier(registry, before)
    version = registry.publish(rules)
    queued = 0
    if earlier is not None and _decides_otherwise(earlier, rules):
        queued = queue_again_under(context.engine, settings, version)
    details: dict[str, Detail] = {"rules_version": version, "template_taken": int(is_taken), "queued": queued}
    return JobResult(int(version != before), details)


def _earlier(registry: PublishedRules, version: str | None) -> RulesDocument | None:
    """Return the rules that served so far; None where there are none, or none that can be opened."""
    try:
        return None if version is None else registry.load(version)
    except RegistryError:
        return None


def _decides_otherwise(earlier: RulesDocument, rules: RulesDocument) -> bool:
    """Say whether every ticket has to be looked at again: something was set on the page, or a suggestion taken."""
    suggested = {each.slug for each in earlier.categories if each.is_suggested}
    return (
        bool(suggested & rules.filing_slugs)
        or earlier.abstention_threshold != rules.abstention_threshold
        or earlier.languages != rules.languages
    )


JOB: Final = Job(
    "publish_rules",
    "Publishes categories, keywords and priority rules to the classifier's registry when they have changed.",
    (
        "support.categories",
        "support.category_keywords",
        "support.priority_rules",
        "support.classifier_settings",
    ),
    (
        "support.categories",
        "support.category_keywords",
        "support.classifier_settings",
        "support.classification_tasks",
    ),
    _run,
    lock="publish_rules",
    schedule="0 * * * *",
)
