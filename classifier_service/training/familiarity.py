"""Learns what the desk's texts are like, so that texts unlike them are left to a person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier_service.models.familiarity import (
    Familiarity,
    LearntWords,
    Nearness,
    Scope,
    familiar_tokens,
    likeness_of,
    sureness,
)
from classifier_service.training.belonging import belonging_unseen, learn_belonging
from classifier_service.training.fitting import OutOfFold
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.other_trades import OtherTrades
from classifier_service.training.splitting import FOLDS, fold_numbers

MAX_WORDS: Final = 50_000
"""Most words that are remembered: this limits the memory, however large the desk."""
LEFT_OUT: Final = 0.02
"""Share of the desk's own tickets that the edge leaves out."""
LEFT_OUT_OF_TEMPLATE: Final = 0.12
"""The same for a template: its texts are no desk's own, so it has to be more careful with what it files."""
HIGHEST_EDGE: Final = -1.2
"""Highest score of a desk's edge, near the lowest fiftieth of the public sets. Where all texts are alike, their own
lowest fiftieth would be higher, and would leave out the same thing said in other words."""
MAX_TEXTS: Final = 2_000
"""Most texts that a text is compared with: this limits the time."""
_CHANCE: Final = 20_260_101

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Vectors:
    """TF-IDF vectors of length one, as lists of entries.

    Attributes:
        rows: Number of the text of each entry, rising.
        words: Number of its word.
        values: Its value.
    """

    rows: NDArray[np.int64]
    words: NDArray[np.int64]
    values: Floats


def learn_words(tickets: LabelledTickets) -> LearntWords:
    """Return the words of tickets, and at most `MAX_TEXTS` of the texts."""
    counts = [Counter(familiar_tokens(text)) for text in tickets.texts]
    frequency = Counter(word for each in counts for word in each)
    kept = sorted(word for word, _count in frequency.most_common(MAX_WORDS))
    columns = {word: column for column, word in enumerate(kept)}
    met = np.array([frequency[word] for word in kept] + [0], dtype=np.float64)
    idf = np.log((1 + len(counts)) / (1 + met)) + 1
    vectors = _vectors(counts, columns, idf)
    chosen = np.random.default_rng(_CHANCE).permutation(len(counts))[:MAX_TEXTS]
    number_of = np.full(len(counts), -1)
    number_of[chosen] = np.arange(len(chosen))
    entries = np.flatnonzero(number_of[vectors.rows] >= 0)
    entries = entries[np.argsort(vectors.words[entries], kind="stable")]
    return LearntWords(
        columns=columns,
        idf=idf.astype(np.float32),
        starts=np.searchsorted(vectors.words[entries], np.arange(len(kept) + 1)),
        texts=number_of[vectors.rows[entries]].astype(np.int32),
        values=vectors.values[entries].astype(np.float32),
        text_count=len(chosen),
    )


def find_scope(
    tickets: LabelledTickets,
    out_of_fold: OutOfFold,
    seed: int,
    others: OtherTrades,
    *,
    is_of_template: bool = False,
) -> tuple[Scope, Floats]:
    """Return where the learnt texts end, and the likeness of each ticket that has an out-of-fold answer.

    Each ticket is measured against the texts of the other folds, as its answer comes from a model of the other folds.

    Args:
        tickets: The tickets that `out_of_fold` answers.
        out_of_fold: Answers to them.
        seed: Seed of the folds.
        others: Texts of other trades.
        is_of_template: Whether the tickets are a template's, so no desk's own.
    """
    folds = fold_numbers(tickets.texts, tickets.labels, seed)
    closeness = _measured(tickets, folds)
    inside, _foreign = belonging_unseen(tickets.texts, folds, others)
    some = out_of_fold.places
    nearness = Nearness(closeness[some], sureness(out_of_fold.probabilities), inside[some])
    scope = Scope(
        closeness=float(np.median(nearness.closeness)),
        sureness=float(np.median(nearness.sureness)),
        edge=HIGHEST_EDGE,
        belonging=float(np.median(nearness.belonging)),
    )
    score = scope.score(nearness)
    left_out = LEFT_OUT_OF_TEMPLATE if is_of_template else LEFT_OUT
    edge = float(np.quantile(score, left_out))
    if not is_of_template:
        edge = min(edge, HIGHEST_EDGE)
    return replace(scope, edge=edge), likeness_of(score, edge)


def learn_familiarity(tickets: LabelledTickets, scope: Scope, others: OtherTrades) -> Familiarity:
    """Return what says how like some tickets, and unlike those of other trades, a text is."""
    return Familiarity(learn_words(tickets), scope, learn_belonging(tickets.texts, others))


def _measured(tickets: LabelledTickets, folds: NDArray[np.int64]) -> Floats:
    closeness = np.zeros(len(tickets))
    for fold in range(FOLDS):
        unseen = np.flatnonzero(folds == fold)
        words = learn_words(tickets.select(np.flatnonzero(folds != fold)))
        closeness[unseen] = words.measure([tickets.texts[place] for place in unseen.tolist()])
    return closeness


def _vectors(counts: Sequence[Counter[str]], columns: Mapping[str, int], idf: Floats) -> _Vectors:
    found = [
        (row, columns[word], times)
        for row, each in enumerate(counts)
        for word, times in each.items()
        if word in columns
    ]
    rows, words, times = np.array(found, dtype=np.int64).reshape(len(found), 3).T
    values = idf[words] * (1 + np.log(times))
    lengths = np.sqrt(np.bincount(rows, weights=values * values, minlength=len(counts)))
    return _Vectors(rows, words, values / lengths[rows])
