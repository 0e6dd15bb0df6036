"""`support-analytics classifier`: train, promote and serve the ticket classifier."""

import os
from typing import Annotated

import typer

from classifier_service import training_cli

app = typer.Typer(
    help="The ticket classifier.", no_args_is_help=True, epilog="Example: support-analytics classifier serve"
)


@app.command("serve", epilog="Example: support-analytics classifier serve --address 0.0.0.0:50051 --processes 2")
def serve(
    *,
    address: Annotated[
        str | None, typer.Option(help="host:port to listen on (or CLASSIFIER_ADDRESS); 0.0.0.0 is every one.")
    ] = None,
    processes: Annotated[
        int | None, typer.Option(min=1, max=128, help="Processes that share the port (or CLASSIFIER_PROCESSES).")
    ] = None,
    metrics_port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Port of Prometheus' /metrics (or CLASSIFIER_METRICS_PORT)."),
    ] = None,
    registry: Annotated[
        str | None, typer.Option(help="Directory, s3:// or gs:// address of the models (or CLASSIFIER_REGISTRY_URL).")
    ] = None,
) -> None:
    """Serve the ticket classifier over gRPC, until Ctrl-C.

    It starts without a model too, says NOT_SERVING, and takes up the first one by itself.
    """
    from classifier_service.serving.run import run  # noqa: PLC0415 - the other commands need no server

    options = {
        "CLASSIFIER_ADDRESS": address,
        "CLASSIFIER_PROCESSES": processes,
        "CLASSIFIER_METRICS_PORT": metrics_port,
        "CLASSIFIER_REGISTRY_URL": registry,
    }
    run({**os.environ, **{name: str(value) for name, value in options.items() if value is not None}})


@app.command("token", epilog="Example: support-analytics classifier token billing-system >>tokens")
def token(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the caller, for logs and metrics.")],
) -> None:
    """Make a token for a caller: the line for the tokens file, and on standard error the token itself, once."""
    from classifier_service.serving.callers import new_token, token_line  # noqa: PLC0415 - others do not need it

    made = new_token()
    typer.echo(token_line(name, made))
    typer.echo(f"Give {name} this token; it is shown only now: {made}", err=True)


_PREFIX = "Example: support-analytics classifier"
app.command("train", epilog=f"{_PREFIX} train --data tickets.csv --text subject --text content --label category")(
    training_cli.train
)
app.command("evaluate", epilog=f"{_PREFIX} evaluate --train train.csv --data test.csv --flavour accurate")(
    training_cli.evaluate
)
app.command("promote", epilog=f"{_PREFIX} promote 20260701T060000Z-fast-1f9a3c")(training_cli.promote)
app.command("rollback", epilog=f"{_PREFIX} rollback")(training_cli.rollback)
app.command("list", epilog=f"{_PREFIX} list")(training_cli.list_models)
