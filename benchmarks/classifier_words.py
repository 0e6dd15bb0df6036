"""Words in misleading places: category, priority, sentiment and language of 200 texts, and of 60 in other languages.

Run: python -m benchmarks.classifier_words
The texts are in tests/integration/classifier_service. The rules were made with those of even number at hand, and later
with 85 new ones of the same kinds; the odd ones were scored at the end of each of these two works, and never read. The
model is made of the texts of the demo's first model.
"""

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from classifier_service.classification import Classification, Ticket
from classifier_service.models.bundle import ModelBundle
from classifier_service.models.default_flavour import default_flavour
from classifier_service.pipeline import TicketClassifier, Versions
from classifier_service.rules.defaults import default_rules
from classifier_service.training.train import TrainingPlan, train
from standalone.first_model import first_tickets

_TEXTS: Final = Path(__file__).parents[1] / "tests" / "integration" / "classifier_service"
_NOW: Final = datetime(2026, 7, 1, tzinfo=UTC)
_CONFIDENT: Final = 0.9

Row = dict[str, str]


def learnt_bundle() -> ModelBundle:
    """Return the demo's first model."""
    tickets = first_tickets(_NOW.date())
    return train(tickets, TrainingPlan(default_flavour(len(tickets)), _NOW, is_of_template=True)).bundle


def classifier_of(bundle: ModelBundle) -> TicketClassifier:
    """Return everything together, with the rules and the threshold of a new desk."""
    return TicketClassifier(
        bundle.category_model,
        bundle.sentiment_model,
        default_rules(),
        Versions("words", "default"),
        bundle.abstention_threshold,
        bundle.familiarity,
    )


def rows_of(name: str) -> list[Row]:
    """Return the rows of a list of texts."""
    with (_TEXTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def answered(classifier: TicketClassifier, rows: Sequence[Row]) -> list[Classification]:
    """Return what the classifier says of each text."""
    return classifier.classify([Ticket("", row["text"]) for row in rows])


def print_words(name: str, rows: Sequence[Row], answers: Sequence[Classification]) -> None:
    """Print the shares that are right; an abstention counts as the category under which it is filed."""
    pairs = list(zip(rows, answers, strict=True))
    confident = [
        row["category"] == answer.category.category
        for row, answer in pairs
        if answer.category.confidence >= _CONFIDENT and not answer.category.is_abstention
    ]
    right = {
        "category": sum(row["category"] == answer.category.category for row, answer in pairs),
        "category, likeliest": sum(
            row["category"] == answer.category.alternatives[0].category for row, answer in pairs
        ),
        "priority": sum(row["priority"] == answer.priority.priority.value for row, answer in pairs),
        "sentiment": sum(row["sentiment"] == answer.sentiment.sentiment.value for row, answer in pairs),
        "language": sum(_languages(answer)[:1] == row["language"].split("+")[:1] for row, answer in pairs),
        "languages, both of a mixed text": sum(
            sorted(_languages(answer)) == sorted(row["language"].split("+")) for row, answer in pairs
        ),
    }
    print(f"{name}, n = {len(rows)}")
    for what, count in right.items():
        print(f"  {what:34} {count / len(rows):7.1%}")
    print(f"  {'abstained':34} {sum(answer.category.is_abstention for answer in answers) / len(rows):7.1%}")
    print(f"  {'right of those with confidence >= .9':34} {sum(confident)} of {len(confident)}")


def print_other_languages(rows: Sequence[Row], answers: Sequence[Classification]) -> None:
    """Print the share of texts in other languages that are right or left to a person."""
    for language in dict.fromkeys(row["language"] for row in rows):
        pairs = [(row, answer) for row, answer in zip(rows, answers, strict=True) if row["language"] == language]
        fine = sum(
            answer.category.is_abstention or answer.category.category == row["category"] for row, answer in pairs
        )
        open_ = sum(answer.category.is_abstention for _row, answer in pairs)
        print(f"  {language}: abstains or right {fine} of {len(pairs)}, abstains {open_}")


def main() -> None:
    """Measure and print."""
    classifier = classifier_of(learnt_bundle())
    rows = rows_of("words_in_place.csv")
    answers = answered(classifier, rows)
    for name, first in (
        ("even rows, seen while the rules were made", 1),
        ("odd rows, not read while the rules were made", 0),
    ):
        print_words(name, rows[first::2], answers[first::2])
    new = rows_of("words_in_place_new.csv")
    print_words("new rows, seen while the rules were mended", new, answered(classifier, new))
    others = rows_of("other_languages.csv")
    print(f"other languages, n = {len(others)}")
    print_other_languages(others, answered(classifier, others))


def _languages(answer: Classification) -> list[str]:
    told = answer.language
    return [told.language, told.second_language] if told.second_language else [told.language]


if __name__ == "__main__":
    main()
