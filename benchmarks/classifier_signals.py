"""The classifier's answers besides the category: speed, languages, sentiment, urgency, and the memory they take.

Run: python -m benchmarks.classifier_signals
The public data sets are read from SUPPORT_SHARED_DATA (default: ../shared/data); figures of missing sets are left out.
"""

import csv
import json
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import psutil
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from benchmarks.bookshop_tickets import PlantedText, filed_tickets, planted_texts
from classifier_service.classification import Sentiment, Ticket
from classifier_service.pipeline import TicketClassifier, Versions
from classifier_service.rules.defaults import default_rules
from classifier_service.rules.document import RulesDocument
from classifier_service.rules.entries import Keyword
from classifier_service.rules.keywords import KeywordRules
from classifier_service.signals.language import LanguageTeller
from classifier_service.signals.sentiment import SentimentModel, cold_start_sentiment, sentiment_answer
from classifier_service.signals.sentiment_training import train_sentiment
from classifier_service.signals.urgency import UrgencyScorer
from classifier_service.words import clean_text, words_and_ends, words_of
from standalone.bookshop.vocabulary import CATEGORIES, MOODS, URGENCIES

_ROOT: Final = Path(__file__).parents[1]
_DATA: Final = Path(os.environ.get("SUPPORT_SHARED_DATA", _ROOT.parent / "shared" / "data"))
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+")
_KEYWORDS: Final = 500
_SAMPLE: Final = 3_000


class _EvenModel:
    """A category model that takes no time, so that everything else is measured."""

    classes: tuple[str, ...] = CATEGORIES

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.full((len(texts), len(self.classes)), 1 / len(self.classes), dtype=np.float32)

    def terms(self, text: str, category: str, most: int) -> tuple[tuple[str, float], ...]:  # noqa: ARG002 - it has no terms
        return ()


def measure_start() -> None:
    """Print the time and memory that the language models take; they must not be loaded already."""
    before, began = _resident_mb(), time.perf_counter()
    LanguageTeller(("en", "tn")).answer("Ke batla buka", ["ke", "batla", "buka"])
    print(f"language models             {time.perf_counter() - began:8.2f} s, {_resident_mb() - before:.0f} MB")


def measure_speed(tickets: Sequence[Ticket]) -> None:
    """Print the CPU time per ticket of keywords alone, and of everything except the category model."""
    texts = [clean_text(ticket.text) for ticket in tickets]
    words = [words_of(text) for text in texts]
    rules = KeywordRules(_many_keywords(texts))
    each = _seconds(lambda: [rules.hits(line) for line in words]) / len(words)
    print(
        f"{_KEYWORDS} keywords                {1 / each:8,.0f} tickets/s, {each * 1e6:.0f} µs each, words already cut"
    )
    classifier = TicketClassifier(_EvenModel(), cold_start_sentiment(), default_rules(), Versions("m", "r"))
    each = _seconds(lambda: classifier.classify(tickets)) / len(tickets)
    print(f"all but the model, batch    {1 / each:8,.0f} tickets/s, {each * 1e6:.0f} µs each")
    each = _seconds(lambda: [classifier.classify([ticket]) for ticket in tickets]) / len(tickets)
    print(f"all but the model, single   {each * 1e6:8.0f} µs a ticket")


def measure_planted(texts: Sequence[PlantedText]) -> None:
    """Print how urgency and sentiment compare with those that were planted in the bookshop's texts."""
    scorer, model = UrgencyScorer(), cold_start_sentiment()
    urgencies = [(each.urgency, scorer.answer(each.text, words_and_ends(each.text)).urgency.value) for each in texts]
    _print_table("urgency", URGENCIES, urgencies)
    scores = model.scores([each.text for each in texts]).tolist()
    felt = [(each.mood, sentiment_answer(score).sentiment.value) for each, score in zip(texts, scores, strict=True)]
    _print_table("sentiment, cold start", MOODS, felt)


def measure_languages() -> None:
    """Print the shares of right, undetermined and wrong answers, and the time, by kind of text."""
    teller = LanguageTeller(("en", "tn"))
    print("language of                         right  undet.   wrong   µs each")
    for name, language, texts in _language_sets():
        cleaned = [clean_text(text) for text in texts]
        words = [words_of(text) for text in cleaned]
        began = time.process_time()
        answers = [teller.answer(text, line).language for text, line in zip(cleaned, words, strict=True)]
        count = len(answers)
        each = (time.process_time() - began) / count * 1e6
        right, open_ = answers.count(language) / count, answers.count("und") / count
        print(f"  {name:32} {right:7.2%} {open_:7.2%} {max(0.0, 1 - right - open_):7.2%} {each:8.0f}   n = {count:,}")


def measure_reviews() -> None:
    """Print how well great reviews are recognised, by the lexicon alone and with learnt terms, out of fold."""
    path = _DATA / "sentiment" / "fine_foods_train.csv"
    if not path.is_file():
        print(f"{path} does not exist: no figures on reviews")
        return
    rows = _rows(path)
    texts, is_great = [clean_text(row["review"]) for row in rows], np.array([row["score"] == "great" for row in rows])
    cold = cold_start_sentiment()
    _print_reviews("reviews, lexicon alone", cold, texts, is_great)
    scores = np.zeros(len(texts))
    labels = [Sentiment.PLEASED if great else Sentiment.FRUSTRATED for great in is_great]
    for train, test in StratifiedKFold(5, shuffle=True, random_state=1).split(texts, is_great):
        model = train_sentiment([texts[place] for place in train], [labels[place] for place in train])
        scores[test] = model.scores([texts[place] for place in test])
    _print_scores("reviews, learnt, out of fold", scores, is_great)


def _language_sets() -> Iterator[tuple[str, str, Sequence[str]]]:
    draw = random.Random(1)  # noqa: S311 - for a sample, not for a secret
    planted = list(planted_texts(_SAMPLE, 5))
    for language in ("en", "tn"):
        yield f"bookshop tickets, {language}", language, [each.text for each in planted if each.language == language]
    if not _DATA.is_dir():
        print(f"  {_DATA} does not exist: no figures on public texts")
        return
    news = _rows(_DATA / "setswana" / "dikgang_news_dev.tsv", "\t")
    yield "Setswana headlines", "tn", [row["title"] for row in news]
    yield from _pieces("Setswana", "tn", [row["text"] for row in news], draw)
    yield "English bank questions", "en", [row["text"] for row in _rows(_DATA / "intents" / "banking77_train.csv")]
    spoken = json.loads((_DATA / "intents" / "clinc150_train_val.json").read_text(encoding="utf-8"))
    yield "English commands", "en", [text for text, _intent in spoken["train"]]
    reviews = _rows(_DATA / "sentiment" / "fine_foods_train.csv")
    yield from _pieces("English", "en", [row["review"] for row in reviews], draw)


def _pieces(
    name: str, language: str, texts: Sequence[str], draw: random.Random
) -> Iterator[tuple[str, str, Sequence[str]]]:
    sentences = [each for text in texts for each in _SENTENCE_END.split(text) if any(map(str.isalpha, each))]
    yield f"{name} sentences", language, draw.sample(sentences, _SAMPLE)
    for count in (3, 5, 8):
        enough = [words for each in sentences if len(words := each.split()) >= count]
        yield f"{name}, {count} words", language, [" ".join(words[:count]) for words in draw.sample(enough, 2_000)]


def _print_table(name: str, names: Sequence[str], pairs: Sequence[tuple[str, str]]) -> None:
    counts = Counter(pairs)
    right = sum(count for (truth, answer), count in counts.items() if truth == answer)
    print(f"{name:27} {right / len(pairs):8.2%} right of {len(pairs):,}; rows are planted, columns answered")
    for truth in names:
        print(f"  {truth:12}" + "".join(f"{counts[truth, answer]:>12,} {answer}" for answer in names))


def _print_reviews(name: str, model: SentimentModel, texts: Sequence[str], is_great: NDArray[np.bool_]) -> None:
    _print_scores(name, model.scores(texts).astype(np.float64), is_great)


def _print_scores(name: str, scores: NDArray[np.float64], is_great: NDArray[np.bool_]) -> None:
    accuracy, area = ((scores > 0) == is_great).mean(), roc_auc_score(is_great, scores)
    print(f"{name:30} accuracy {accuracy:.2%} (always great: {is_great.mean():.2%}), area under ROC {area:.4f}")


def _many_keywords(texts: Sequence[str]) -> RulesDocument:
    """Return the default rules with the texts' own words as keywords, so that nearly every text has hits."""
    rules = default_rules()
    known = {each.phrase for each in rules.keywords}
    common = [word for word, _count in Counter(" ".join(texts).lower().split()).most_common(5 * _KEYWORDS)]
    found = [word for word in dict.fromkeys(word for each in common for word in words_of(each)) if word not in known]
    extra = [Keyword(CATEGORIES[n % len(CATEGORIES)], word) for n, word in enumerate(found[: _KEYWORDS - len(known)])]
    return RulesDocument(rules.categories, (*rules.keywords, *extra), rules.priority_rules)


def _seconds(work: Callable[[], object]) -> float:
    work()
    began = time.process_time()
    work()
    return time.process_time() - began


def _rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def _resident_mb() -> float:
    return float(psutil.Process().memory_info().rss) / 1024 / 1024


def main() -> None:
    """Measure and print."""
    measure_start()
    measure_speed([each.ticket for each in filed_tickets(_SAMPLE, 7)])
    measure_planted(list(planted_texts(_SAMPLE, 11)))
    measure_languages()
    measure_reviews()


if __name__ == "__main__":
    main()
