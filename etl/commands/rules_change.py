"""Shows what a change of the rules would do to every ticket, asks, and saves it."""

import getpass
from typing import Annotated

import orjson
import sqlalchemy as sa
import typer
from rich.console import Console

from classifier_service.rules.document import RulesDocument
from etl.classification.category_edits import Edit
from etl.classification.preview import Preview, as_json, make_preview, present_classifier
from etl.classification.preview_table import show_preview
from etl.classification.saving import edited_rules, save
from etl.settings import ClassifierSettings
from warehouse.engine import DatabaseRole, open_engine
from warehouse.settings import Settings

PreviewOption = Annotated[bool, typer.Option("--preview", help="Only show what would change.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Save without asking.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a machine; asks nothing.")]


def change_rules(step: Edit, what: str, *, preview: bool, yes: bool, json: bool) -> None:
    """Show what a change would do, and save it if that is wanted.

    Args:
        step: The change.
        what: The change in a few words, for the audit log.
        preview: Whether only to show it.
        yes: Whether to save without asking.
        json: Whether to print JSON and ask nothing.
    """
    settings = ClassifierSettings.from_environment()
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine:
        show(previewed(engine, settings, edited_rules(engine, step)), as_json_too=json)
        if is_wanted("Save this, and classify all tickets again?", preview=preview, yes=yes, json=json):
            say_queued(save(engine, settings, step, getpass.getuser(), what))


def previewed(engine: sa.Engine, settings: ClassifierSettings, rules: RulesDocument) -> Preview:
    """Classify every ticket by these rules in this process."""
    from classifier_service.registry.opening import open_registry  # noqa: PLC0415 - brings scikit-learn

    with Console(stderr=True).status("Classifying all tickets ...") as status, engine.connect() as connection:
        classify = present_classifier(open_registry(settings.registry), rules)
        slugs = [each.slug for each in rules.categories if not each.is_suggested]
        return make_preview(
            connection, classify, slugs, lambda done: status.update(f"Classifying all tickets: {done:,} ...")
        )


def show(preview: Preview, *, as_json_too: bool) -> None:
    """Print a preview, for a person or for a machine."""
    if as_json_too:
        typer.echo(orjson.dumps(as_json(preview)))
    else:
        show_preview(preview)


def is_wanted(question: str, *, preview: bool, yes: bool, json: bool) -> bool:
    """Say whether to save; ask if nothing says it."""
    if preview or (json and not yes):
        return False
    return yes or typer.confirm(question)


def say_queued(count: int) -> None:
    """Say how many tickets wait now."""
    typer.echo(f"Done. {count:,} tickets wait to be classified: see `support-analytics etl status`.", err=True)
