"""Publish the desk's present rules, so that the classifier service uses them."""

from typing import Final

from etl.classification.desk_rules import desk_rules, published_rules
from etl.running.job import Job, JobContext, JobResult
from etl.settings import ClassifierSettings


def _run(context: JobContext) -> JobResult:
    with context.engine.connect() as connection:
        rules = desk_rules(connection)
    registry = published_rules(ClassifierSettings.from_environment().registry)
    before = registry.pointer.read()
    version = registry.publish(rules)
    return JobResult(int(version != before), {"rules_version": version})


JOB: Final = Job(
    "publish_rules",
    "Publishes categories, keywords and priority rules to the classifier's registry when they have changed.",
    ("support.categories", "support.category_keywords", "support.priority_rules"),
    (),
    _run,
    lock="publish_rules",
    schedule="0 * * * *",
)
