"""Sentiment without anything learnt, on texts of strangers, at the thresholds of the product.

Run: python -m benchmarks.classifier_sentiment
Our own 623 messages to companies (tests/integration/classifier_service/service_messages.csv) steered the lexicon; 66
others beside them were scored once at the end. Rated tweets and product reviews are read from
SUPPORT_SHARED_DATA (default: ../shared/data). A mean rating of -0.5 or less is taken as frustrated, 0.5 or more as
pleased.
"""

import csv
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from sklearn.metrics import confusion_matrix, f1_score, roc_auc_score

from classifier_service.classification import Sentiment
from classifier_service.signals.sentiment import cold_start_sentiment, sentiment_answer
from classifier_service.words import clean_text

_ROOT: Final = Path(__file__).parents[1]
_DATA: Final = Path(os.environ.get("SUPPORT_SHARED_DATA", _ROOT.parent / "shared" / "data")) / "sentiment"
_OWN: Final = _ROOT / "tests" / "integration" / "classifier_service"
_RATED: Final = 0.5
_NAMES: Final = tuple(each.value for each in Sentiment)


def text_sets() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield a name and pairs of sentiment and text for each set at hand."""
    yield "own service messages (steered by)", _written("service_messages.csv")
    yield "own service messages (scored once)", _written("service_messages_once.csv")
    for name, file in (("rated tweets", "rated_tweets_half.csv"), ("rated reviews", "rated_product_reviews_half.csv")):
        path = _DATA / file
        if not path.is_file():
            print(f"{path} does not exist: no figures on {name}")
            continue
        yield name, [(_rated(float(row["mean_rating"])), row["text"]) for row in _rows(path)]


def measure(name: str, pairs: Sequence[tuple[str, str]]) -> None:
    """Print macro-F1 of the three sentiments, areas under the ROC curve, and the table of answers."""
    truth = np.array([sentiment for sentiment, _text in pairs])
    scores = cold_start_sentiment().scores([clean_text(text) for _sentiment, text in pairs]).astype(float)
    answers = [sentiment_answer(score).sentiment.value for score in scores.tolist()]
    felt = truth != Sentiment.NEUTRAL
    against_rest = roc_auc_score(truth != Sentiment.FRUSTRATED, scores)
    against_pleased = roc_auc_score(truth[felt] == Sentiment.PLEASED, scores[felt])
    print(
        f"{name}: n = {len(pairs):,}, macro-F1 {f1_score(truth, answers, average='macro'):.3f}, area under ROC "
        f"{against_rest:.3f} (frustrated against the rest), {against_pleased:.3f} (frustrated against pleased)"
    )
    for meant, row in zip(_NAMES, confusion_matrix(truth, answers, labels=_NAMES).tolist(), strict=True):
        print(f"  {meant:12}" + "".join(f"{count:>8,} {name}" for name, count in zip(_NAMES, row, strict=True)))


def _written(file: str) -> list[tuple[str, str]]:
    return [(row["sentiment"], row["text"]) for row in _rows(_OWN / file)]


def _rated(mean: float) -> str:
    if mean >= _RATED:
        return Sentiment.PLEASED.value
    return Sentiment.FRUSTRATED.value if mean <= -_RATED else Sentiment.NEUTRAL.value


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    """Measure and print."""
    for name, pairs in text_sets():
        measure(name, pairs)


if __name__ == "__main__":
    main()
