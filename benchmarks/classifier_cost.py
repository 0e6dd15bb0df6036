"""What everything but the category model costs a ticket, by kind of text, and against an earlier version.

Run: python -m benchmarks.classifier_cost
SUPPORT_EARLIER names a checkout of an earlier version, which is then measured in turns with this one, each in a process
of its own. The public texts are read from SUPPORT_SHARED_DATA (default: ../shared/data).
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier_service.classification import Ticket
from classifier_service.pipeline import TicketClassifier, Versions
from classifier_service.rules.defaults import default_rules
from classifier_service.signals.sentiment import cold_start_sentiment

_ROOT: Final = Path(__file__).parents[1]
_DATA: Final = Path(os.environ.get("SUPPORT_SHARED_DATA", _ROOT.parent / "shared" / "data"))
_OWN: Final = _ROOT / "tests" / "integration" / "classifier_service"
_CATEGORIES: Final = ("book_order", "account_issue", "technical_support", "return_refund", "general_inquiry")
_MOST: Final = 1_000
_CUT: Final = 300
_ROUNDS: Final = 7


class _EvenModel:
    """A category model that takes no time."""

    classes: tuple[str, ...] = _CATEGORIES

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.full((len(texts), len(self.classes)), 1 / len(self.classes), dtype=np.float32)

    def terms(self, text: str, category: str, most: int) -> tuple[tuple[str, float], ...]:  # noqa: ARG002 - it has no terms
        return ()


def text_sets() -> Iterator[tuple[str, list[str]]]:
    """Yield the name and the texts of each set at hand."""
    golden = tomllib.loads((_OWN / "golden_tickets.toml").read_text(encoding="utf-8"))["tickets"]
    yield "golden tickets", [f"{each['subject']}\n{each['content']}" for each in golden]
    yield "own service messages", [row["text"] for row in _rows(_OWN / "service_messages.csv")]
    if not _DATA.is_dir():
        print(f"{_DATA} does not exist: no figures on public texts")
        return
    yield "bank questions", [row["text"] for row in _rows(_DATA / "intents" / "banking77_train.csv")][::10]
    yield "tweets", [row["text"] for row in _rows(_DATA / "sentiment" / "rated_tweets_half.csv")]
    reviews = [row["review"][:_CUT] for row in _rows(_DATA / "sentiment" / "fine_foods_train.csv")]
    yield f"reviews, {_CUT} characters", reviews
    news = _rows(_DATA / "setswana" / "dikgang_news_dev.tsv", "\t")
    yield "Setswana headlines", [row["title"] for row in news]
    yield f"Setswana news, {_CUT} characters", [row["text"][:_CUT] for row in news]


def microseconds(sets: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Return the processor time a ticket of each set, in microseconds: the least of three."""
    classifier = TicketClassifier(_EvenModel(), cold_start_sentiment(), default_rules(), Versions("m", "r"))
    found = {}
    for name, texts in sets.items():
        tickets = [Ticket("", text) for text in texts]
        classifier.classify(tickets)
        spent = []
        for _ in range(3):
            began = time.process_time()
            classifier.classify(tickets)
            spent.append(time.process_time() - began)
        found[name] = min(spent) / len(tickets) * 1e6
    return found


def measure(roots: Sequence[Path]) -> None:
    """Print the least time of each version by set, measured in turns, and how they compare."""
    sets = {name: texts[:_MOST] for name, texts in text_sets()}
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(sets, file)
        file.flush()
        rounds = [[_measured(root, file.name) for root in roots] for _ in range(_ROUNDS)]
    print(f"µs of CPU a ticket, least of {_ROUNDS} runs{'; earlier version, ratio' if len(roots) > 1 else ''}")
    for name, texts in sets.items():
        least = [min(each[place][name] for each in rounds) for place in range(len(roots))]
        beside = f"{least[1]:8.0f} {least[0] / least[1]:6.2f}" if len(roots) > 1 else ""
        print(f"  {name:32} {least[0]:8.0f} {beside}   n = {len(texts):,}")


def _measured(root: Path, file: str) -> dict[str, float]:
    environment = {**os.environ, "PYTHONPATH": str(root)}
    # The file runs by itself, so that it measures the classifier of the directory that PYTHONPATH names.
    command = [sys.executable, "-P", __file__, file]
    done = subprocess.run(command, env=environment, cwd=root, check=True, capture_output=True, text=True)  # noqa: S603 - ourselves
    return {str(name): float(each) for name, each in json.loads(done.stdout).items()}


def _rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def main() -> None:
    """Measure and print; with a file of texts, print the times of this process alone as JSON."""
    if len(sys.argv) > 1 and sys.argv[1].endswith(".json"):
        print(json.dumps(microseconds(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))))
        return
    earlier = os.environ.get("SUPPORT_EARLIER")
    measure([_ROOT, Path(earlier)] if earlier else [_ROOT])


if __name__ == "__main__":
    main()
