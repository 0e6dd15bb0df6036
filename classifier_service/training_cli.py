"""`support-analytics classifier train|evaluate|promote|rollback|list`."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from analytics.errors import SettingsError

if TYPE_CHECKING:
    from classifier_service.models.bundle import Flavour, ModelBundle
    from classifier_service.registry.model_card import ModelCard
    from classifier_service.registry.registry import Registry
    from classifier_service.training.csv_tickets import Columns
    from classifier_service.training.labelled_tickets import LabelledTickets
    from classifier_service.training.report import Report

# Modules that only training needs are imported inside the commands, so that help is quick and `serve` small.
# ruff: noqa: PLC0415

Data = Annotated[Path, typer.Option(help="CSV with a header, or JSON of parts (the form of CLINC150).")]
Text = Annotated[list[str] | None, typer.Option(help="Column of the text; several are joined. [default: text]")]
Label = Annotated[str, typer.Option(help="Column of the right category.")]
Part = Annotated[list[str] | None, typer.Option(help="Part of a JSON; several may be named. [default: all]")]
OutOfScope = Annotated[str | None, typer.Option(help="Label of texts that are of no category.")]
FlavourOption = Annotated[
    str | None,
    typer.Option(
        "--flavour", help="fast, or accurate (needs `./run extra encoder`). [default: accurate where it is installed]"
    ),
]
RegistryUrl = Annotated[
    str | None, typer.Option("--registry", help="Directory, s3:// or gs:// address (or CLASSIFIER_REGISTRY_URL).")
]
Seed = Annotated[int, typer.Option(min=0, help="Of every choice made by chance.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Version = Annotated[str, typer.Argument(metavar="VERSION", help="As `classifier list` shows it.")]


def train(
    *,
    data: Data,
    text: Text = None,
    label: Label = "category",
    date: Annotated[str | None, typer.Option(help="Column of the time; the newest fifth is then held out.")] = None,
    weight: Annotated[str | None, typer.Option(help="Column of how much a row counts.")] = None,
    part: Part = None,
    out_of_scope: OutOfScope = None,
    flavour: FlavourOption = None,
    registry: RegistryUrl = None,
    seed: Seed = 20_260_101,
    as_json: Json = False,
) -> None:
    """Train a model on labelled tickets, publish it, and let it serve if it is better than the one that does.

    A fifth of each category is held out to measure on; the published model has then learnt from all of them. It is
    better if tickets that the other has not learnt from cost less with it, by more than chance, and nothing is lost.
    """
    from classifier_service.training.csv_tickets import Columns

    opened = _registry(registry)
    columns = Columns(tuple(text or ["text"]), label, date, weight)
    tickets, _others = _read(data, columns, part, out_of_scope)
    chosen = _flavour(flavour, len(tickets))
    # Whoever mistyped a name is told so before scikit-learn is loaded.
    from classifier_service.training.promotion import publish_and_compare
    from classifier_service.training.train import TrainingPlan
    from classifier_service.training.train import train as train_model

    trained = train_model(tickets, TrainingPlan(chosen, datetime.now(UTC), seed))
    outcome = publish_and_compare(opened, trained)
    if as_json:
        typer.echo(orjson.dumps({"outcome": outcome, "card": trained.card}))
        return
    metrics = trained.card.metrics
    typer.echo(f"{outcome.version}: {trained.card.training_rows} tickets, {trained.card.held_out_rows} held out.")
    typer.echo(f"Accuracy {metrics.accuracy:.1%}, macro-F1 {metrics.macro_f1:.3f}.")
    typer.echo(
        f"Calibration error {metrics.expected_calibration_error:.3f}, {metrics.ticket_milliseconds:.2f} ms each."
    )
    typer.echo(outcome.reason)


def evaluate(
    *,
    data: Data,
    text: Text = None,
    label: Label = "category",
    part: Part = None,
    out_of_scope: OutOfScope = None,
    model: Annotated[str | None, typer.Option(help="Version to measure. [default: the one that serves]")] = None,
    train_file: Annotated[
        Path | None, typer.Option("--train", help="Train on this file first, publish nothing, and measure that.")
    ] = None,
    train_part: Annotated[list[str] | None, typer.Option(help="Part of a JSON to train on.")] = None,
    flavour: FlavourOption = None,
    registry: RegistryUrl = None,
    seed: Seed = 20_260_101,
    as_json: Json = False,
) -> None:
    """Measure a model on labelled tickets: accuracy, calibration, each category, what is out of scope."""
    from classifier_service.training.csv_tickets import Columns
    from classifier_service.training.report import report_on

    columns = Columns(tuple(text or ["text"]), label)
    tickets, others = _read(data, columns, part, out_of_scope)
    if train_file is None:
        version, bundle = _published(_registry(registry), model)
    else:
        known, _others = _read(train_file, columns, train_part, out_of_scope)
        version, bundle = None, _trained(known, flavour, seed)
    report = report_on(bundle, version, tickets, others)
    if as_json:
        typer.echo(orjson.dumps(report))
    else:
        _tell(report)


def promote(version: Version, registry: RegistryUrl = None) -> None:
    """Let a model serve, whatever its figures; replicas take it up within seconds."""
    _registry(registry).promote(version)
    typer.echo(f"{version} serves.")


def rollback(registry: RegistryUrl = None) -> None:
    """Let the model serve again that served before."""
    typer.echo(f"{_registry(registry).rollback()} serves again.")


def list_models(registry: RegistryUrl = None, *, as_json: Json = False) -> None:
    """List the published models with their figures, the oldest first."""
    opened = _registry(registry)
    champion = opened.champion()
    cards = [opened.model_card(version) for version in opened.model_versions()]
    if as_json:
        typer.echo(orjson.dumps({"champion": champion, "models": cards}))
        return
    for card in cards:
        mark = "*" if card.version == champion else " "
        typer.echo(f"{mark} {card.version}  {_figures(card)}")
    typer.echo("* serves" if champion else "No model serves yet.")


def _figures(card: "ModelCard") -> str:
    if card.is_of_template:
        return "has learnt from made-up texts of the template; how it does on your tickets is not known"
    if not card.training_rows:
        return "has learnt nothing yet"
    return f"accuracy {card.metrics.accuracy:.1%}  macro-F1 {card.metrics.macro_f1:.3f}"


def _registry(url: str | None) -> "Registry":
    from classifier_service.registry.opening import open_registry
    from classifier_service.settings import RegistrySettings

    chosen = {} if url is None else {"CLASSIFIER_REGISTRY_URL": url}
    return open_registry(RegistrySettings.from_environment({**os.environ, **chosen}))


def _flavour(name: str | None, tickets: int) -> "Flavour":
    from classifier_service.models.bundle import Flavour
    from classifier_service.models.default_flavour import default_flavour

    if name is None:
        return default_flavour(tickets)
    try:
        return Flavour(name)
    except ValueError as error:
        message = f"There is no flavour {name!r}."
        raise SettingsError(message, f"Choose one of: {', '.join(Flavour)}.") from error


def _read(
    path: Path, columns: "Columns", parts: list[str] | None, out_of_scope: str | None
) -> "tuple[LabelledTickets, tuple[str, ...]]":
    from classifier_service.training.csv_tickets import read_labelled
    from classifier_service.training.report import without_scope

    return without_scope(read_labelled(path, columns, parts or ()), out_of_scope)


def _published(registry: "Registry", version: str | None) -> "tuple[str, ModelBundle]":
    from classifier_service.errors import NothingPublishedError

    wanted = version or registry.champion()
    if wanted is None:
        message = "No model serves yet."
        raise NothingPublishedError(message, "Train one with `support-analytics classifier train`.")
    return wanted, registry.load_model(wanted)[0]


def _trained(tickets: "LabelledTickets", flavour: str | None, seed: int) -> "ModelBundle":
    from classifier_service.training.train import TrainingPlan, learn

    return learn(tickets, TrainingPlan(_flavour(flavour, len(tickets)), datetime.now(UTC), seed))[0]


def _tell(report: "Report") -> None:
    metrics = report.evaluation.metrics
    typer.echo(f"{report.version or 'A model trained for this'} ({report.flavour}) on {report.tickets} tickets:")
    typer.echo(f"accuracy {metrics.accuracy:.2%}, macro-F1 {metrics.macro_f1:.4f}")
    typer.echo(f"expected calibration error {metrics.expected_calibration_error:.4f}")
    typer.echo(f"coverage at 95 % precision {metrics.coverage_at_95_precision:.1%}")
    typer.echo(f"answers {report.answered:.1%}, abstains below a confidence of {report.abstention_threshold:.2f}")
    if report.answered_accuracy is not None:
        typer.echo(f"of those answers {report.answered_accuracy:.2%} are right")
    typer.echo(
        f"asks the sentence encoder for {report.encoder_share:.1%}; {metrics.ticket_milliseconds:.2f} ms a ticket"
    )
    if report.out_of_scope_recall is not None and report.out_of_scope_recall_at_95_coverage is not None:
        typer.echo(
            f"abstains from {report.out_of_scope_recall:.1%} of {report.out_of_scope_tickets} texts of no category,"
        )
        typer.echo(f"from {report.out_of_scope_recall_at_95_coverage:.1%} where it answers 95 % of the others")
    if report.already_learnt:
        typer.echo(f"{report.already_learnt} of the tickets it has learnt from: these figures flatter it.")
