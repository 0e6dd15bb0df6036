"""`support-analytics classifier priorities`: which tickets come first, after a preview of what would change."""

from typing import Annotated, Final

import orjson
import sqlalchemy as sa
import typer

from analytics.listing import Listing
from classifier_service.classification import Priority, Urgency
from classifier_service.rules.entries import PriorityRule
from etl.classification.priority_edits import remove_priority_rule, set_priority_rule
from etl.commands.rules_change import JsonOption, PreviewOption, YesOption, change_rules
from warehouse.engine import DatabaseRole, open_engine
from warehouse.settings import Settings
from warehouse.tables.desk import priority_rules

_FIELDS: Final = ("position", "customer_type", "urgency", "priority", "reason")

priorities_app = typer.Typer(help="The rules by which tickets get their priority.", no_args_is_help=True)


@priorities_app.command("list", epilog="Example: support-analytics classifier priorities list")
def list_rules(*, json: JsonOption = False) -> None:
    """List the rules; of those that match a ticket the first one decides."""
    columns = priority_rules.c
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.connect() as connection:
        rows = connection.execute(
            sa.select(
                columns.position, columns.customer_type, columns.urgency, columns.priority, columns.reason
            ).order_by(columns.position)
        ).all()
    if json:
        typer.echo(orjson.dumps([dict(zip(_FIELDS, row, strict=True)) for row in rows]))
        return
    listing = Listing("rule", "customer type", "urgency", "priority", "reason", names={"rule", "customer type"})
    for row in rows:
        listing.add(str(row.position), row.customer_type or "any", row.urgency or "any", row.priority, row.reason)
    listing.show()


@priorities_app.command(
    "set",
    epilog="Example: support-analytics classifier priorities set high --customer-type tenant --reason 'Lives there.'",
)
def set_rule(
    priority: Annotated[Priority, typer.Argument(help="What matching tickets get.")],
    *,
    reason: Annotated[str, typer.Option(help="The sentence that is shown with the priority.")],
    customer_type: Annotated[str | None, typer.Option(help="Of whom; any if left out.")] = None,
    urgency: Annotated[Urgency | None, typer.Option(help="How urgent the text is; any if left out.")] = None,
    preview: PreviewOption = False,
    yes: YesOption = False,
    json: JsonOption = False,
) -> None:
    """Add a rule before all others, or change the one for the same customer type and urgency."""
    rule = PriorityRule(0, customer_type, urgency, priority, reason)
    change_rules(set_priority_rule(rule), f"set a priority rule: {priority}", preview=preview, yes=yes, json=json)


@priorities_app.command("remove", epilog="Example: support-analytics classifier priorities remove 4")
def remove_rule(
    rule: Annotated[int, typer.Argument(metavar="RULE", help="Its number in `priorities list`.")],
    *,
    preview: PreviewOption = False,
    yes: YesOption = False,
    json: JsonOption = False,
) -> None:
    """Take a rule away; where no rule matches, nobody says a priority."""
    change_rules(remove_priority_rule(rule), f"removed priority rule {rule}", preview=preview, yes=yes, json=json)
