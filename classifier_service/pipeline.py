"""From tickets to answers: the one place where every part of the classifier comes together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier_service.classification import (
    FALLBACK_CATEGORY,
    Abstention,
    CategoryAnswer,
    Classification,
    Decider,
    Explanation,
    Term,
    Ticket,
)
from classifier_service.combination import KEYWORD_WEIGHT, CategoryCombiner, Strangeness, vouching_scores
from classifier_service.mentions import meant, names_in, unquoted, without_names
from classifier_service.models.category_model import CategoryModel
from classifier_service.models.familiarity import Familiarity
from classifier_service.rules.document import RulesDocument
from classifier_service.rules.keywords import KeywordHit, KeywordRules, keyword_scores
from classifier_service.rules.priorities import PriorityRules
from classifier_service.signals.language import LanguageTeller
from classifier_service.signals.sentiment import SentimentModel, sentiment_answer
from classifier_service.signals.urgency import UrgencyScorer
from classifier_service.words import clean_text, tokens_around, without_ends, words_of

DEFAULT_ABSTENTION_THRESHOLD: Final = 0.4
_MOST_TERMS: Final = 10


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of model and rules that answer; every answer names them."""

    model: str
    rules: str


class TicketClassifier:
    """Classifies tickets with one model and one set of rules. Safe to use from several threads; never changes."""

    __slots__ = (
        "_combiner",
        "_familiarity",
        "_keywords",
        "_languages",
        "_learnt",
        "_model",
        "_priorities",
        "_rules",
        "_sentiment",
        "_urgencies",
        "_versions",
    )

    def __init__(
        self,
        model: CategoryModel,
        sentiment: SentimentModel,
        rules: RulesDocument,
        versions: Versions,
        abstention_threshold: float = DEFAULT_ABSTENTION_THRESHOLD,
        familiarity: Familiarity | None = None,
    ) -> None:
        """Prepare everything that does not depend on a ticket; this takes up to a second the first time.

        Args:
            model: Says how likely each category is.
            sentiment: Says how a text sounds.
            rules: The managers' rules.
            versions: Versions of model and rules.
            abstention_threshold: Confidence, 0..1, below which no category is answered, unless the rules set another.
            familiarity: Says how like the learnt texts a text is; None takes every text as like them.

        Raises:
            InvalidRulesError: If the rules name a language that cannot be detected.
        """
        self._model: Final = model
        self._sentiment: Final = sentiment
        self._rules: Final = rules
        self._versions: Final = versions
        self._keywords: Final = KeywordRules(rules)
        self._priorities: Final = PriorityRules(rules.priority_rules)
        self._languages: Final = LanguageTeller(rules.languages)
        self._urgencies: Final = UrgencyScorer()
        self._familiarity: Final = familiarity
        self._learnt: Final = frozenset(model.classes)
        self._combiner: Final = CategoryCombiner(model.classes, rules, abstention_threshold)

    @property
    def rules(self) -> RulesDocument:
        """The rules that the classifier answers by."""
        return self._rules

    @property
    def versions(self) -> Versions:
        """The versions of the classifier's model and rules."""
        return self._versions

    @property
    def categories(self) -> tuple[str, ...]:
        """Slugs of every category that the classifier can answer."""
        return self._combiner.categories

    def classify(self, tickets: Sequence[Ticket]) -> list[Classification]:
        """Return one answer for each ticket, in order; a ticket's text may be anything."""
        if not tickets:
            return []
        readings = [_Reading(ticket) for ticket in tickets]
        texts = [each.told for each in readings]
        hits = [self._keywords.hits(each.meant_words) for each in readings]
        probabilities = self._model.probabilities(texts)
        categories = self._combiner.combine(
            probabilities, [keyword_scores(each) for each in hits], self._strangeness(texts, probabilities, hits)
        )
        sentiments = self._sentiment.scores(
            [each.own for each in readings], [each.own_tokens for each in readings]
        ).tolist()
        return [
            self._classification(ticket, reading, category if reading.words else _unread(category), sentiment)
            for ticket, reading, category, sentiment in zip(tickets, readings, categories, sentiments, strict=True)
        ]

    def _strangeness(
        self, texts: Sequence[str], probabilities: NDArray[np.float32], hits: Sequence[Sequence[KeywordHit]]
    ) -> Strangeness | None:
        familiarity = self._familiarity
        if familiarity is None:
            return None
        vouching = [vouching_scores(each, familiarity.knows, self._learnt) for each in hits]
        return Strangeness(familiarity.likeness(texts, probabilities), vouching)

    def explain(self, ticket: Ticket) -> Explanation:
        """Return the answer for one ticket with the terms and rules behind it, the strongest first."""
        (classification,) = self.classify([ticket])
        reading = _Reading(ticket)
        terms = (
            *(_keyword_term(hit) for hit in self._keywords.hits(reading.meant_words)),
            *self._model_terms(reading.told, classification.category),
            *self._urgencies.answer(reading.own, reading.own_tokens).terms,
            *(Term(term, weight, "sentiment") for term, weight in self._sentiment.terms(reading.own, _MOST_TERMS)),
            Term(classification.priority.reason, 1.0, "priority_rule"),
        )
        return Explanation(classification, tuple(sorted(terms, key=lambda term: -abs(term.weight))))

    def _classification(
        self, ticket: Ticket, reading: "_Reading", category: CategoryAnswer, sentiment: float
    ) -> Classification:
        urgency = self._urgencies.answer(reading.own, reading.own_tokens).urgency
        return Classification(
            category=category,
            priority=self._priorities.answer(ticket.customer_type, urgency),
            urgency=urgency,
            sentiment=sentiment_answer(sentiment),
            language=self._languages.answer(reading.text, reading.words),
            model_version=self._versions.model,
            rules_version=self._versions.rules,
        )

    def _model_terms(self, text: str, answer: CategoryAnswer) -> list[Term]:
        """Return the model's terms for the likeliest category, even where it was not sure enough to be answered."""
        likeliest = answer.alternatives[0].category
        if likeliest not in self._model.classes:
            return []
        return [Term(term, weight, "model") for term, weight in self._model.terms(text, likeliest, _MOST_TERMS)]


class _Reading:
    """A ticket's text, and the parts of it that count.

    Attributes:
        text: All of it.
        own: Its writer's own words, without quotations and names.
        meant: Of those, without topics that it says it is not about: keywords are looked for here.
        told: The same with its names, which the model may have learnt: "Microsoft Outlook" says what a ticket is about.
    """

    __slots__ = ("meant", "meant_words", "own", "own_tokens", "own_words", "text", "told", "words")

    def __init__(self, ticket: Ticket) -> None:
        self.text: Final = clean_text(ticket.text)
        named = unquoted(self.text)
        names = names_in(named)
        self.own: Final = without_names(named, names)
        tokens, own_tokens = tokens_around(named, names)
        self.own_tokens: Final = own_tokens
        self.own_words: Final = without_ends(own_tokens)
        named_words = without_ends(tokens) if names else self.own_words
        self.words: Final = named_words if named == self.text else words_of(self.text)
        self.meant: Final = meant(self.own, self.own_words)
        self.meant_words: Final = self.own_words if self.meant == self.own else words_of(self.meant)
        self.told: Final = meant(named, named_words) if names else self.meant


def _unread(answer: CategoryAnswer) -> CategoryAnswer:
    """Return an abstention: a text without a single word gives no reason for any category, however common."""
    return replace(
        answer,
        category=FALLBACK_CATEGORY,
        decider=Decider.NEITHER,
        is_abstention=True,
        abstention=Abstention.NO_WORDS,
    )


def _keyword_term(hit: KeywordHit) -> Term:
    return Term(f"{hit.keyword.phrase} → {hit.keyword.category}", KEYWORD_WEIGHT * hit.score, "keyword")
