"""`support-analytics dimension`: declares what else tickets are told apart by."""

from typing import Annotated, Final

import orjson
import typer

from analytics.listing import Listing
from warehouse.custom_dimensions import declare, declared_dimensions, held_dimensions, remove
from warehouse.engine import DatabaseRole, open_engine
from warehouse.rollups.custom import FieldKind
from warehouse.settings import Settings

TAGS: Final = "tags"

app = typer.Typer(
    help="Tell tickets apart by tags, organisation, brand or a field of their own.",
    epilog="Example: support-analytics dimension add Region",
    no_args_is_help=True,
)


@app.command("add", epilog="Example: support-analytics dimension add tags")
def add_dimension(
    field: Annotated[str, typer.Argument(help="tags, organisation, brand, or a field of the tickets' metadata.")],
    *,
    kind: Annotated[
        FieldKind | None, typer.Option("--type", help="How the field is read. Default: text; of tags, list.")
    ] = None,
) -> None:
    """Declare a dimension; the next refresh makes it ready."""
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.begin() as connection:
        usual = FieldKind.LIST if field == TAGS else FieldKind.TEXT
        declared = declare(connection, field, kind or usual)
    typer.echo(
        f"{field} is a dimension now. After the next refresh: support-analytics query created --by {declared.slug}"
    )


@app.command("list", epilog="Example: support-analytics dimension list")
def list_dimensions(
    *, as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")] = False
) -> None:
    """Show the declared dimensions."""
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.connect() as connection:
        declared, held = declared_dimensions(connection), {each.slug for each in held_dimensions(connection)}
    states = {each.slug: "ready" if each.slug in held else "after the next refresh" for each in declared}
    if as_json:
        rows = [
            {"name": each.slug, "field": each.field, "type": each.kind, "is_ready": each.slug in held}
            for each in declared
        ]
        typer.echo(orjson.dumps(rows))
        return
    if not declared:
        typer.echo("No dimension is declared. Example: support-analytics dimension add Region")
        return
    listing = Listing("Name", "Field", "Type", "State", names={"Name", "Field", "Type"})
    for each in declared:
        listing.add(each.slug, each.field, each.kind, states[each.slug])
    listing.show()


@app.command("remove", epilog="Example: support-analytics dimension remove region")
def remove_dimension(
    name: Annotated[str, typer.Argument(help="Name or field of the dimension.")],
) -> None:
    """Take a declaration back; the tickets keep the field."""
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.begin() as connection:
        remove(connection, name)
    typer.echo(f"{name} is no dimension any more.")
