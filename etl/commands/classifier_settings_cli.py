"""`support-analytics classifier threshold`, `languages` and `template`: what managers set of the classifier."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import orjson
import sqlalchemy as sa
import typer

from analytics.listing import Listing
from etl.classification.settings_edits import ClassifierSettingError, set_languages, set_threshold
from etl.classification.templates import TEMPLATES, give_back_template, take_template, template_rules
from etl.commands.rules_change import JsonOption, PreviewOption, YesOption, change_rules
from etl.settings import ClassifierSettings
from warehouse.engine import DatabaseRole, open_engine
from warehouse.settings import Settings
from warehouse.tables.desk import categories, classifier_settings

if TYPE_CHECKING:
    from classifier_service.registry.model_card import ModelCard  # brings numpy

_SHOWN: Final = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)

template_app = typer.Typer(help="Categories and keywords that come with the product.", no_args_is_help=True)


@template_app.command("list", epilog="Example: support-analytics classifier template list")
def list_templates(*, json: JsonOption = False) -> None:
    """List the templates, their categories, and whether they file, only suggest, or do neither."""
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.connect() as connection:
        own = set(connection.scalars(sa.select(categories.c.slug)))
    entries = []
    for name in TEMPLATES:
        slugs = [each.slug for each in template_rules(name).categories]
        state = "taken" if own >= set(slugs) else "unused" if own else "suggests"
        entries.append({"template": name, "state": state, "categories": slugs})
    if json:
        typer.echo(orjson.dumps(entries))
        return
    listing = Listing("template", "what it does", "categories", names={"template"})
    for entry in entries:
        listing.add(str(entry["template"]), _STATES[str(entry["state"])], ", ".join(entry["categories"]))
    listing.show()


_STATES: Final = {
    "taken": "files: its categories are your own",
    "suggests": "only suggests, until you take it or have categories of your own",
    "unused": "nothing: you have categories of your own",
}


@template_app.command("take", epilog="Example: support-analytics classifier template take bookshop")
def take(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `template list` shows it.")],
    *,
    preview: PreviewOption = False,
    yes: YesOption = False,
    json: JsonOption = False,
) -> None:
    """Make a template's categories and keywords your own, after a preview of what they would file."""
    change_rules(take_template(name), f"took template {name}", preview=preview, yes=yes, json=json)


@template_app.command("give-back", epilog="Example: support-analytics classifier template give-back bookshop")
def give_back(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `template list` shows it.")],
    *,
    preview: PreviewOption = False,
    yes: YesOption = False,
    json: JsonOption = False,
) -> None:
    """Take a template's categories away again, but those where a person or an import has filed tickets."""
    change_rules(give_back_template(name), f"gave back template {name}", preview=preview, yes=yes, json=json)


def threshold(
    *,
    to: Annotated[float | None, typer.Option("--set", help="File from this confidence on, 0 to 1.")] = None,
    of_model: Annotated[bool, typer.Option("--model", help="Go back to the threshold of the model.")] = False,
    preview: PreviewOption = False,
    yes: YesOption = False,
    json: JsonOption = False,
) -> None:
    """Show how sure the classifier has to be, and what that costs on tickets it had not seen; or set it."""
    if to is not None and of_model:
        message = "--set and --model contradict one another."
        raise ClassifierSettingError(message, "Give one of them.")
    if to is None and not of_model:
        _tell_threshold(as_json=json)
        return
    if not json:
        _tell_threshold(as_json=False)
    what = "threshold of the model" if to is None else f"threshold {to:g}"
    change_rules(set_threshold(to), what, preview=preview, yes=yes, json=json)


def languages(
    *,
    to: Annotated[str | None, typer.Option("--set", help="Languages to tell apart, for example en,tn,af.")] = None,
    preview: PreviewOption = False,
    yes: YesOption = False,
    json: JsonOption = False,
) -> None:
    """Show the languages that are told apart; or set them."""
    if to is None:
        typer.echo(orjson.dumps(_settings().languages) if json else ", ".join(_settings().languages))
        return
    tags = [tag.strip() for tag in to.split(",") if tag.strip()]
    change_rules(set_languages(tags), f"languages {', '.join(tags)}", preview=preview, yes=yes, json=json)


def _settings() -> sa.Row[Any]:
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.connect() as connection:
        return connection.execute(sa.select(classifier_settings)).one()


def _tell_threshold(*, as_json: bool) -> None:
    from classifier_service.registry.opening import open_registry  # noqa: PLC0415 - brings scikit-learn

    registry = open_registry(ClassifierSettings.from_environment().registry)
    champion = registry.champion()
    card = None if champion is None else registry.model_card(champion)
    chosen = _settings().abstention_threshold
    present = chosen if chosen is not None or card is None else card.abstention_threshold
    rows = [] if card is None or present is None or not card.has_figures else _rows(card, present)
    if as_json:
        typer.echo(orjson.dumps({"threshold": present, "is_set": chosen is not None, "rows": rows}))
        return
    if present is not None:
        whose = "of the model" if chosen is None else "set by a manager"
        typer.echo(f"A ticket is filed from {present:.0%} sure on ({whose}).")
    if not rows:
        typer.echo("What another threshold would cost is not known: no model has learnt from your own tickets yet.")
        return
    listing = Listing("file from", "answered", "right of those", "left to a person", names={"file from"})
    for row in rows:
        mark = " (now)" if row["threshold"] == round(present or 0, 2) else ""
        right = "none answered" if row["right"] is None else f"{row['right']:.1%}"
        listing.add(f"{row['threshold']:.0%}{mark}", f"{row['answered']:.1%}", right, f"{1 - row['answered']:.1%}")
    listing.show()
    typer.echo(f"Of {rows[0]['tickets']:,} of your tickets that it had not seen, by the model alone, without keywords.")


def _rows(card: "ModelCard", present: float) -> list[dict[str, Any]]:
    """Return some thresholds and the present one, with the shares of tickets answered and of answers that are right."""
    wanted = {*_SHOWN, round(present, 2)}
    return [
        {"threshold": row.threshold, "tickets": row.tickets, "answered": row.coverage, "right": row.precision}
        for row in card.thresholds
        if row.threshold in wanted
    ]
