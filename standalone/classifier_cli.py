"""`support-analytics classifier`, with its registry in the data directory unless the environment says otherwise."""

import os
from datetime import UTC, datetime
from typing import Annotated

import typer

from classifier_service.cli import app
from classifier_service.settings import RegistrySettings
from etl.commands.classifier_cli import categories_app, rescore
from etl.commands.classifier_settings_cli import languages, template_app, threshold
from etl.commands.corrections_cli import correct_tickets
from etl.commands.priorities_cli import priorities_app
from warehouse.settings import SIGNING_KEY, Settings

__all__ = ["app"]

app.add_typer(categories_app, name="categories")
app.add_typer(priorities_app, name="priorities")
app.add_typer(template_app, name="template")
app.command("threshold", epilog="Example: support-analytics classifier threshold --set 0.6")(threshold)
app.command("languages", epilog="Example: support-analytics classifier languages --set en,tn,af")(languages)
app.command("correct", epilog="Example: support-analytics classifier correct return_refund 1203 HD-0077")(
    correct_tickets
)
app.command("rescore", epilog="Example: support-analytics classifier rescore --preview")(rescore)


@app.callback()
def use_data_directory() -> None:
    """Train, promote and serve the ticket classifier."""
    data_dir = Settings.from_environment().data_dir
    os.environ.setdefault("CLASSIFIER_REGISTRY_URL", str(data_dir / "models"))
    if not os.environ.get("CLASSIFIER_SIGNING_KEY"):
        os.environ.setdefault("CLASSIFIER_SIGNING_KEY_FILE", str(data_dir / SIGNING_KEY))


@app.command("first-model", epilog="Example: support-analytics classifier first-model")
def first_model(
    *,
    blank: Annotated[
        bool, typer.Option("--blank", help="Learn from no text: only keywords decide until your tickets are learnt.")
    ] = False,
) -> None:
    """Train a model on the demo bookshop's texts and let it serve, unless one that has learnt serves already."""
    from classifier_service.registry.opening import open_registry  # noqa: PLC0415 - `serve` needs no training
    from classifier_service.training.blank import publish_blank  # noqa: PLC0415 - `serve` needs no training
    from standalone.first_model import make_first_model  # noqa: PLC0415 - `serve` needs no training

    make = publish_blank if blank else make_first_model
    version = make(open_registry(RegistrySettings.from_environment()), datetime.now(UTC))
    if version is None:
        typer.echo("A model serves already; nothing was changed.", err=True)
    else:
        typer.echo(f"The first model is {version}{'; it has learnt nothing yet' if blank else ''}.", err=True)
