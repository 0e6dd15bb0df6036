"""What the classifier's service takes with a model of each flavour: memory, and the time of one caller's answers.

The models learn `--tickets` of BANKING77's texts, whose vectors are kept in `SUPPORT_BENCH_DIR`. `accurate` needs
`./run extra encoder`. On a busy machine the times mean little.

Run: python -m benchmarks.classifier_memory --flavour fast accurate
"""

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.call_load import Load, grpc_load
from benchmarks.classifier_service import service
from benchmarks.intent_data import training_half
from benchmarks.intent_model import publish_bundle
from benchmarks.kept_vectors import kept_encoder
from classifier_service.models.accurate import AccurateModel
from classifier_service.models.bundle import Flavour
from classifier_service.models.encoder import shared_encoder
from classifier_service.registry.registry import Registry
from classifier_service.registry.signing import SigningKey
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.train import TrainingPlan, learn
from protos.gen.classifier.v1 import classifier_service_pb2 as pb

_SERVICE: Final = "/classifier.v1.ClassifierService"
_BARS: Final = {Flavour.FAST: 300, Flavour.ACCURATE: 450}
_BATCH: Final = 256


@dataclass(frozen=True, slots=True)
class _Figures:
    """Memory in MB, and the load of one caller."""

    first: float
    after: float
    alone: Load


def publish(tickets: LabelledTickets, flavour: Flavour, data_dir: Path) -> None:
    """Train a model of a flavour, and let it serve with the default rules."""
    encoder = kept_encoder("banking77") if flavour is Flavour.ACCURATE else None
    bundle, _ = learn(tickets, TrainingPlan(flavour, datetime.now(UTC), encoder=encoder))
    if isinstance(bundle.category_model, AccurateModel):
        bundle = replace(bundle, category_model=replace(bundle.category_model, encoder=shared_encoder()))
    key = SigningKey.kept_at(data_dir / "classifier_signing_key")
    publish_bundle(Registry.open(str(data_dir / "models"), key), bundle, len(tickets))


def measure(texts: Sequence[str], data_dir: Path, seconds: float) -> _Figures:
    """Start the service, ask it one by one, then in batches."""
    tickets = [pb.Ticket(content=text) for text in texts]
    single = [pb.ClassifyTicketRequest(ticket=ticket).SerializeToString() for ticket in tickets]
    batches = [
        pb.BatchClassifyTicketsRequest(tickets=tickets[start : start + _BATCH]).SerializeToString()
        for start in range(0, len(tickets) - _BATCH, _BATCH)
    ]
    with service(data_dir, 1) as (address, process, _seconds):
        first = process.memory_info().rss / 2**20
        alone = asyncio.run(grpc_load(address, f"{_SERVICE}/ClassifyTicket", single, 1, seconds))
        asyncio.run(grpc_load(address, f"{_SERVICE}/BatchClassifyTickets", batches, 1, seconds))
        return _Figures(first, process.memory_info().rss / 2**20, alone)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flavour", nargs="+", choices=tuple(_BARS), default=tuple(_BARS))
    parser.add_argument("--tickets", type=int, default=10_000, help="how many are learnt")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each load lasts")
    chosen = parser.parse_args()
    known = training_half("banking77")
    tickets = known.select(range(0, len(known), max(1, round(len(known) / chosen.tickets))))
    for name in chosen.flavour:
        flavour = Flavour(name)
        with tempfile.TemporaryDirectory() as directory:
            publish(tickets, flavour, Path(directory))
            found = measure(known.texts, Path(directory), chosen.seconds)
        print(
            f"{flavour}, {len(tickets)} learnt: {found.first:.0f} MB at first, {found.after:.0f} MB after batches (bar"
            f" {_BARS[flavour]}); one caller: half within {found.alone.p50_milliseconds:.1f} ms, 99 of 100 within"
            f" {found.alone.p99_milliseconds:.1f} ms (bar 5)",
            flush=True,
        )


if __name__ == "__main__":
    main()
