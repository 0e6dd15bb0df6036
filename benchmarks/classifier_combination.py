"""Keywords and model combined, compared with the model alone and with keywords first, on the bookshop's tickets.

Run: python -m benchmarks.classifier_combination
"""

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.bookshop_model import BookshopModel, Floats, calibration_error, log_loss
from benchmarks.bookshop_tickets import FiledTicket, filed_tickets
from classifier_service.combination import KEYWORD_WEIGHT, CategoryCombiner
from classifier_service.rules.defaults import default_rules
from classifier_service.rules.entries import Keyword
from classifier_service.rules.keywords import KeywordRules, keyword_scores
from classifier_service.words import words_of
from standalone.bookshop.vocabulary import CATEGORIES

_HISTORIES: Final = (100, 300, 1_000)
_WEIGHTS: Final = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
_DOUBTS: Final = (0.1, 0.25, 0.5, 1.0)
_KNOWN_SHARES: Final = (0.25, 0.5, 0.75, 1.0)

Codes = NDArray[np.int64]


def keyword_table(texts: Sequence[str], classes: Sequence[str]) -> Floats:
    """Return the keywords' scores, one row a text, one column a class."""
    rules = KeywordRules(default_rules())
    scores = [keyword_scores(rules.hits(words_of(text))) for text in texts]
    return np.array([[each.get(category, 0.0) for category in classes] for each in scores])


def combined(model: Floats, keywords: Floats, weight: float) -> Floats:
    """Return model × exp(weight × keywords), each row summing to 1."""
    table = model * np.exp(weight * (keywords - keywords.max(axis=1, keepdims=True)))
    return np.asarray(table / table.sum(axis=1, keepdims=True))


def keywords_first(model: Floats, keywords: Floats) -> Floats:
    """Return a simple rule's answers: the highest keyword score wins; without keywords or in a tie the model does."""
    winners = (keywords == keywords.max(axis=1, keepdims=True)) * model
    return np.where(keywords.any(axis=1, keepdims=True), winners / winners.sum(axis=1, keepdims=True), model)


def print_row(name: str, table: Floats, truth: Codes) -> None:
    """Print accuracy, log loss and calibration error of a table of probabilities."""
    is_right = table.argmax(axis=1) == truth
    error = calibration_error(table.max(axis=1), is_right)
    print(f"  {name:34} accuracy {is_right.mean():7.2%}  log loss {log_loss(table, truth):6.3f}  ECE {error:.4f}")


def measure_history(history: Sequence[FiledTicket], held_out: Sequence[FiledTicket]) -> None:
    """Print the figures of every way of combining, for a model that learnt from a history."""
    model = BookshopModel.fit([each.text for each in history], [each.category for each in history])
    texts = [each.text for each in held_out]
    truth = np.array([model.classes.index(each.category) for each in held_out])
    probabilities, keywords = model.probabilities(texts).astype(np.float64), keyword_table(texts, model.classes)
    share = keywords.any(axis=1).mean()
    print(f"history of {len(history):,} tickets, {len(held_out):,} held out, {share:.0%} of them with keywords")
    first = keywords_first(probabilities, keywords)
    is_right = first.argmax(axis=1) == truth
    print(f"  {'keywords first, model else':34} accuracy {is_right.mean():7.2%}")
    for weight in _WEIGHTS:
        name = "model alone" if not weight else f"weight {weight:.2f}{' (ours)' if weight == KEYWORD_WEIGHT else ''}"
        print_row(name, combined(probabilities, keywords, weight), truth)
    answers = CategoryCombiner(model.classes, default_rules(), 0.0).combine(
        probabilities.astype(np.float32), [dict(zip(model.classes, row, strict=True)) for row in keywords.tolist()]
    )
    given = np.array([each.confidence for each in answers])
    right = np.array([each.category == other.category for each, other in zip(answers, held_out, strict=True)])
    print(f"  {'as the service answers':34} accuracy {right.mean():7.2%}  ECE {calibration_error(given, right):.4f}")


def measure_finding(tickets: Sequence[FiledTicket]) -> None:
    """Print how good keywords alone are, by what counts as finding a keyword; a tie gives no answer."""
    keywords, texts = default_rules().keywords, [each.text for each in tickets]
    words = [f" {' '.join(words_of(text))} " for text in texts]
    rules = KeywordRules(default_rules())
    ways: dict[str, list[dict[str, float]]] = {
        "anywhere in the text": [_counts(keywords, text.lower(), "") for text in texts],
        "whole words only": [_counts(keywords, line, " ") for line in words],
        "whole words with endings (ours)": [keyword_scores(rules.hits(words_of(text))) for text in texts],
    }
    print("keywords alone: share of tickets for which one category leads, and how often it is right")
    for name, scores in ways.items():
        led = [
            (max(each, key=each.__getitem__), ticket)
            for each, ticket in zip(scores, tickets, strict=True)
            if _leads(each)
        ]
        right = sum(leader == ticket.category for leader, ticket in led)
        print(f"  {name:34} {len(led) / len(tickets):6.1%} {right / len(led):6.1%}")


def _counts(keywords: Sequence[Keyword], text: str, edge: str) -> dict[str, float]:
    counts = Counter[str]()
    for keyword in keywords:
        counts[keyword.category] += text.count(f"{edge}{keyword.phrase}{edge}")
    return {category: float(count) for category, count in counts.items() if count}


def _leads(scores: Mapping[str, float]) -> bool:
    """Say whether one category has a higher score than every other."""
    best = sorted(scores.values(), reverse=True)
    return len(best) == 1 or (len(best) > 1 and best[0] > best[1])


def measure_unseen(tickets: Sequence[FiledTicket]) -> None:
    """Print how well keywords alone give each category, as if the model had never seen that category."""
    keywords = keyword_table([each.text for each in tickets], CATEGORIES)
    truth = np.array([CATEGORIES.index(each.category) for each in tickets])
    print("a category that the model never saw: mean log loss of its share of the keywords, where it has any")
    for known_share in _KNOWN_SHARES:
        losses = [
            np.mean([_unseen_loss(keywords, truth, column, doubt, known_share) for column in range(len(CATEGORIES))])
            for doubt in _DOUBTS
        ]
        figures = "  ".join(f"doubt {doubt:.2f} {loss:.3f}" for doubt, loss in zip(_DOUBTS, losses, strict=True))
        print(f"  known share {known_share:.2f}: {figures}")
    alone = [(keywords > 0)[:, column] & ((keywords > 0).sum(axis=1) == 1) for column in range(len(CATEGORIES))]
    for column, category in enumerate(CATEGORIES):
        right = (truth[alone[column]] == column).mean()
        print(f"  {category:20} with keywords of no other: right in {right:.0%} of {alone[column].sum()}")


def _unseen_loss(keywords: Floats, truth: Codes, column: int, doubt: float, known_share: float) -> float:
    rows = keywords[:, column] > 0
    own, others = keywords[rows, column], keywords[rows].sum(axis=1) - keywords[rows, column]
    share = np.clip(own / (own + known_share * others + doubt), 0.01, 0.99)
    is_it = truth[rows] == column
    return float(-np.where(is_it, np.log(share), np.log(1 - share)).mean())


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tickets", type=int, default=5_000)
    tickets = arguments.parse_args().tickets
    history, held_out = filed_tickets(tickets, 3), filed_tickets(tickets, 7)
    mixed = [history[place] for place in np.random.default_rng(0).permutation(len(history))]
    for count in (*(each for each in _HISTORIES if each < len(mixed)), len(mixed)):
        measure_history(mixed[:count], held_out)
    measure_unseen(history)
    measure_finding(history)


if __name__ == "__main__":
    main()
