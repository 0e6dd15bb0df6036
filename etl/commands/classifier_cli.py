"""`support-analytics classifier categories` and `rescore`: change the rules, after a preview of what would change."""

import re
from collections.abc import Callable
from typing import Annotated, Any, Final

import orjson
import sqlalchemy as sa
import typer

from analytics.listing import Listing
from classifier_service.rules.entries import Keyword
from etl.classification.category_edits import CategoryError, add_category, change_keywords, edit_category
from etl.classification.desk_rules import published_rules
from etl.classification.saving import queue_again
from etl.commands.rules_change import (
    JsonOption,
    PreviewOption,
    YesOption,
    change_rules,
    is_wanted,
    previewed,
    say_queued,
    show,
)
from etl.settings import ClassifierSettings
from warehouse.engine import DatabaseRole, open_engine
from warehouse.settings import Settings
from warehouse.tables.desk import categories, category_keywords, classifier_settings

categories_app = typer.Typer(help="The categories and their keywords.", no_args_is_help=True)

SlugArgument = Annotated[str, typer.Argument(metavar="SLUG", help="The category, for example book_order.")]
_NAMED_LANGUAGE: Final = re.compile(r"([a-z]{2,3}):\s*")
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
    listing = Listing("category", "name", "in use", "keywords", names={"category"})
    for entry in entries:
        listing.add(
            entry["category"],
            entry["name"],
            "yes" if entry["is_active"] else "no",
            _keyword_list(entry["keywords"]),
        )
    listing.show()


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
    change_rules(
        add_category(slug, name, description or ""), f"added category {slug}", preview=preview, yes=yes, json=json
    )


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
    change_rules(edit_category(slug, values), f"edited category {slug}", preview=preview, yes=yes, json=json)


@categories_app.command("remove", epilog="Example: support-analytics classifier categories remove gift_card")
def remove(
    slug: SlugArgument, *, preview: PreviewOption = False, yes: YesOption = False, json: JsonOption = False
) -> None:
    """Take a category out of use; tickets that a person or an import filed there stay."""
    change_rules(
        edit_category(slug, {"is_active": False}), f"removed category {slug}", preview=preview, yes=yes, json=json
    )


@categories_app.command(
    "keywords",
    epilog="Example: support-analytics classifier categories keywords book_order --add parcel --add tn:phuthelwana",
)
def keywords(
    slug: SlugArgument,
    *,
    add: Annotated[
        list[str] | None, typer.Option(help="Word or phrase to add, or to give another weight; tn:… is Setswana.")
    ] = None,
    remove: Annotated[list[str] | None, typer.Option(help="Word or phrase to take away; likewise.")] = None,
    language: Annotated[str, typer.Option(help="Whose endings those take that name no language: en or tn.")] = "en",
    weight: Annotated[float, typer.Option(help="How much it counts, above 0 and up to 10.")] = 1.0,
    preview: PreviewOption = False,
    yes: YesOption = False,
    json: JsonOption = False,
) -> None:
    """Add and remove keywords of a category, in one or several languages at once."""
    part = _in_language(language)
    added, removed = (
        [Keyword(slug, phrase, tag, weight) for tag, phrase in map(part, phrases or ())] for phrases in (add, remove)
    )
    for given, keyword in zip(add or (), added, strict=True):
        _tell_what_is_kept(part(given)[1], keyword.phrase)
    change_rules(
        change_keywords(slug, added, removed), f"changed keywords of {slug}", preview=preview, yes=yes, json=json
    )


def _in_language(usual: str) -> Callable[[str], tuple[str, str]]:
    """Return a function that parts "tn:phuthelwana" into language and phrase; a phrase alone has the usual language.

    Raises:
        CategoryError: Of the function, if what stands before the colon is no language of the desk: "vpn: drops" is
            hardly meant so.
    """
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.connect() as connection:
        known = {*connection.execute(sa.select(classifier_settings.c.languages)).scalar_one(), usual}

    def part(text: str) -> tuple[str, str]:
        named = _NAMED_LANGUAGE.match(text)
        if named is None:
            return usual, text
        if named[1] not in known:
            message = f"{named[1]!r} before a colon is no language of the desk."
            raise CategoryError(message, f"For the whole phrase write {usual}:{text!r}; for that language --language.")
        return named[1], text[named.end() :]

    return part


def _tell_what_is_kept(given: str, kept: str) -> None:
    """Say how a keyword is kept where signs of it are left out: of "C++" only "c" is a word."""
    if [letter for letter in given.casefold() if not letter.isspace()] != [each for each in kept if each != " "]:
        typer.echo(
            f"{given!r} is looked for as {kept!r}: only letters, digits, hyphens and apostrophes count.", err=True
        )


def rescore(*, preview: PreviewOption = False, yes: YesOption = False, json: JsonOption = False) -> None:
    """Classify every ticket again by the present model and rules; a person's or an import's word stays."""
    from classifier_service.registry.opening import open_registry  # noqa: PLC0415 - brings scikit-learn

    settings = ClassifierSettings.from_environment()
    served = open_registry(settings.registry).pointers()
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine:
        show(previewed(engine, settings, published_rules(settings.registry).load(served.rules)), as_json_too=json)
        if is_wanted("Classify all tickets again?", preview=preview, yes=yes, json=json):
            say_queued(queue_again(engine, settings, served))


def _keyword_list(keywords: list[dict[str, Any]]) -> str:
    return ", ".join(
        f"{each['phrase']}{'' if each['weight'] == 1 else ' × ' + format(each['weight'], 'g')}" for each in keywords
    )
