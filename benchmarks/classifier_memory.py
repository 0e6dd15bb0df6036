"""The memory of the classifier's service with a model of each flavour: when it begins to serve, and after batches.

The models are trained on BANKING77's texts by the product's own command. `accurate` needs `./run extra encoder`.

Run: python -m benchmarks.classifier_memory --flavour fast accurate
"""

import argparse
import asyncio
import csv
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.call_load import grpc_load
from benchmarks.classifier_service import service
from benchmarks.needed_data import SHARED, needed
from classifier_service.registry.registry import Registry
from classifier_service.registry.signing import SigningKey
from classifier_service.rules.defaults import default_rules
from protos.gen.classifier.v1 import classifier_service_pb2 as pb

_METHOD: Final = "/classifier.v1.ClassifierService/BatchClassifyTickets"
_BARS: Final = {"fast": 300, "accurate": 450}
_BATCH: Final = 256
_SECONDS: Final = 10.0


def train(data: Path, flavour: str, data_dir: Path) -> None:
    """Train a model of a flavour, and let it serve with the default rules."""
    command = [sys.executable, "-P", "-m", "standalone.cli", "--data-dir", str(data_dir), "classifier", "train"]
    command += ["--data", str(data), "--text", "text", "--label", "category", "--flavour", flavour]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
    key = SigningKey.kept_at(data_dir / "classifier_signing_key")
    Registry.open(str(data_dir / "models"), key).publish_rules(default_rules())


def measure(data: Path, flavour: str, data_dir: Path) -> tuple[float, float]:
    """Return the memory of the service in MB, at first and after batches."""
    with data.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    requests = [
        pb.BatchClassifyTicketsRequest(
            tickets=[pb.Ticket(content=text) for text in texts[start : start + _BATCH]]
        ).SerializeToString()
        for start in range(0, len(texts), _BATCH)
    ]
    train(data, flavour, data_dir)
    with service(data_dir, 1) as (address, process, _seconds):
        first = process.memory_info().rss / 2**20
        asyncio.run(grpc_load(address, _METHOD, requests, 2, _SECONDS))
        return first, process.memory_info().rss / 2**20


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--flavour", nargs="+", choices=tuple(_BARS), default=tuple(_BARS))
    for flavour in arguments.parse_args().flavour:
        with tempfile.TemporaryDirectory() as name:
            first, after = measure(needed(SHARED / "intents" / "banking77_train.csv"), flavour, Path(name))
        print(
            f"{flavour:10} {first:4.0f} MB at first, {after:4.0f} MB after batches (bar {_BARS[flavour]})", flush=True
        )


if __name__ == "__main__":
    main()
