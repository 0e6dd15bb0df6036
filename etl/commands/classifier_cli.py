"""`support-analytics classifier categories` and `rescore`: change the rules, after a preview of what would change."""

import getpass
from typing import Annotated, Any

import orjson
import sqlalchemy as sa
import typer
from rich.console import Console
from rich.table import Table

from classifier_service.rules.document import RulesDocument
from classifier_service.rules.entries import Keyword
from etl.classification.category_edits import Edit, add_category, change_keywords, edit_category
from etl.classification.desk_rules import published_rules
from etl.classification.preview import Preview, as_json, make_preview, present_classifier
from etl.classification.preview_table import show_preview
from etl.classification.saving import edited_rules, queue_again, save
from etl.settings import ClassifierSettings
from warehouse.engine import DatabaseRole, open_engine
from warehouse.settings import Settings
from warehouse.tables.desk import categories, category_keywords

categories_app = typer.Typer(help="The categories and their keywords.", no_args_is_help=True)

SlugArgument = Annotated[str, typer.Argument(metavar="SLUG", help="The category, for example book_order.")]
PreviewOption = Annotated[bool, typer.Option("--preview", help="Only show what would change.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Save without asking.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a machine; asks nothing.")]
DescriptionOption = Annotated[str | None, typer.Option(help="What belongs there.")]


@categories_app.command("list", epilog="Example: support-analytics classifier categories list")
def list_categories(*, json: JsonOption = False) -> None:
    """List the categories with their keywords."""
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.connect() as connection:
        listed = connection.execute(sa.select(categories).order_by(categories.c.position, categories.c.slug)).all()
        keywords = connection.execute(sa.select(category_keywords).order_by(*category_keywords.primary_key)).all()
    entries = [
        {
            "category": row.slug,
            "name": row.name,
            "is_active": row.is_active,
            "keywords": [
                {"phrase": each.phrase, "language": each.language, "weight": each.weight}
                for each in keywords
                if each.category == row.slug
            ],
        }
        for row in listed
    ]
    if json:
        typer.echo(orjson.dumps(entries))
        return
    table = Table("category", "name", "in use", "keywords")
    for entry in entries:
        table.add_row(
            entry["category"], entry["name"], "yes" if entry["is_active"] else "no", _keyword_list(entry["keywords"])
        )
    Console().print(table)


@categories_app.command("add", epilog="Example: support-analytics classifier categories add gift_card --name 'Gift'")
def add(
    slug: SlugArgument,
    *,
    name: Annotated[str, typer.Option(help="What people read.")],
    description: DescriptionOption = None,
    preview: PreviewOption = False,
    yes: YesOption = False,
    json: JsonOption = False,
) -> None:
    """Add a category; without keywords nothing is filed there until a model has learnt it."""
    _change(add_category(slug, name, description or ""), f"added category {slug}", preview=preview, yes=yes, json=json)


@categories_app.command("edit", epilog="Example: support-analytics classifier categories edit gift_card --position 2")
def edit(
    slug: SlugArgument,
    *,
    name: Annotated[str | None, typer.Option(help="What people read.")] = None,
    description: DescriptionOption = None,
    position: Annotated[int | None, typer.Option(help="Where it stands in lists, the lowest first.")] = None,
    in_use: Annotated[bool | None, typer.Option("--use/--no-use", help="Whether anything is filed there.")] = None,
    preview: PreviewOption = False,
    yes: YesOption = False,
    json: JsonOption = False,
) -> None:
    """Change a category's name, description or place, or take it into use again."""
    given = {"name": name, "description": description, "position": position, "is_active": in_use}
    values = {column: value for column, value in given.items() if value is not None}
    _change(edit_category(slug, values), f"edited category {slug}", preview=preview, yes=yes, json=json)


@categories_app.command("remove", epilog="Example: support-analytics classifier categories remove gift_card")
def remove(
    slug: SlugArgument, *, preview: PreviewOption = False, yes: YesOption = False, json: JsonOption = False
) -> None:
    """Take a category out of use; tickets that a person or an import filed there stay."""
    _change(edit_category(slug, {"is_active": False}), f"removed category {slug}", preview=preview, yes=yes, json=json)


@categories_app.command(
    "keywords", epilog="Example: support-analytics classifier categories keywords book_order --add parcel --weight 2"
)
def keywords(
    slug: SlugArgument,
    *,
    add: Annotated[list[str] | None, typer.Option(help="Word or phrase to add, or to give another weight.")] = None,
    remove: Annotated[list[str] | None, typer.Option(help="Word or phrase to take away.")] = None,
    language: Annotated[str, typer.Option(help="Whose endings it takes: en or tn.")] = "en",
    weight: Annotated[float, typer.Option(help="How much it counts, above 0 and up to 10.")] = 1.0,
    preview: PreviewOption = False,
    yes: YesOption = False,
    json: JsonOption = False,
) -> None:
    """Add and remove keywords of a category."""
    added = [Keyword(slug, phrase, language, weight) for phrase in add or ()]
    step = change_keywords(slug, added, remove or [], language)
    _change(step, f"changed keywords of {slug}", preview=preview, yes=yes, json=json)


def rescore(*, preview: PreviewOption = False, yes: YesOption = False, json: JsonOption = False) -> None:
    """Classify every ticket again by the present model and rules; a person's or an import's word stays."""
    from classifier_service.registry.opening import open_registry  # noqa: PLC0415 - brings scikit-learn

    settings = ClassifierSettings.from_environment()
    served = open_registry(settings.registry).pointers()
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine:
        _show(_previewed(engine, settings, published_rules(settings.registry).load(served.rules)), as_json_too=json)
        if _is_wanted("Classify all tickets again?", preview=preview, yes=yes, json=json):
            _say_queued(queue_again(engine, settings, served))


def _change(step: Edit, what: str, *, preview: bool, yes: bool, json: bool) -> None:
    settings = ClassifierSettings.from_environment()
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine:
        _show(_previewed(engine, settings, edited_rules(engine, step)), as_json_too=json)
        if _is_wanted("Save this, and classify all tickets again?", preview=preview, yes=yes, json=json):
            _say_queued(save(engine, settings, step, getpass.getuser(), what))


def _previewed(engine: sa.Engine, settings: ClassifierSettings, rules: RulesDocument) -> Preview:
    from classifier_service.registry.opening import open_registry  # noqa: PLC0415 - brings scikit-learn

    with Console(stderr=True).status("Classifying all tickets ...") as status, engine.connect() as connection:
        classify = present_classifier(open_registry(settings.registry), rules)
        slugs = [each.slug for each in rules.categories]
        return make_preview(
            connection, classify, slugs, lambda done: status.update(f"Classifying all tickets: {done:,} ...")
        )


def _show(preview: Preview, *, as_json_too: bool) -> None:
    if as_json_too:
        typer.echo(orjson.dumps(as_json(preview)))
    else:
        show_preview(preview, Console())


def _is_wanted(question: str, *, preview: bool, yes: bool, json: bool) -> bool:
    if preview or (json and not yes):
        return False
    return yes or typer.confirm(question)


def _say_queued(count: int) -> None:
    typer.echo(f"Done. {count:,} tickets wait to be classified: see `support-analytics etl status`.", err=True)


def _keyword_list(keywords: list[dict[str, Any]]) -> str:
    return ", ".join(
        f"{each['phrase']}{'' if each['weight'] == 1 else ' × ' + format(each['weight'], 'g')}" for each in keywords
    )
