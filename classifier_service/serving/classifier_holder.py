"""Holds the classifier that answers now, and swaps it when the registry names another.

A call takes the reference once and keeps it until it ends, so that a swap never affects a running call.
"""

import gc
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from classifier_service.classification import Ticket
from classifier_service.errors import ClassifierError, NothingPublishedError
from classifier_service.serving.memory import give_memory_back
from classifier_service.serving.served_classifier import ClassifierSource, Published, ServedClassifier

_LOGGER: Final = logging.getLogger(__name__)
_TRY_REFUSED_AGAIN_SECONDS: Final = 60.0
_WARM_UP: Final = (
    Ticket("Where is my order?", "I bought three books last week and nothing has come.", "school"),
    Ticket("", "Ke kopa thuso, buka ya me ga e ise e goroge mme ke e duetse beke e e fetileng."),
    Ticket("Refund", "This is the third time I write. Return my money today! " * 10, "business"),
)


@dataclass(frozen=True, slots=True)
class Observer:
    """Functions that the holder calls when something happens to the classifier.

    Attributes:
        swapped: Called with the classifier that answers from now on.
        refused: Called when a published classifier could not be opened; the old one goes on serving.
        unreachable: Called when the registry could not be asked.
    """

    swapped: Callable[[ServedClassifier], None] = lambda _served: None
    refused: Callable[[], None] = lambda: None
    unreachable: Callable[[], None] = lambda: None


class ClassifierHolder:
    """The one reference that every call reads."""

    def __init__(
        self,
        source: ClassifierSource,
        observer: Observer = Observer(),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start with nothing to serve; `refresh` brings the first classifier.

        Args:
            source: Where classifiers come from.
            observer: Functions to call on swaps and refusals.
            clock: Seconds of a clock that never goes back.
        """
        self._source = source
        self._observer = observer
        self._clock = clock
        self._served: ServedClassifier | None = None
        self._published: Published | None = None
        self._refused: tuple[Published, float] | None = None

    @property
    def is_serving(self) -> bool:
        """Whether there is a classifier to answer with."""
        return self._served is not None

    @property
    def current(self) -> ServedClassifier:
        """The classifier that answers now.

        Raises:
            NothingPublishedError: If nothing is published yet, or nothing published could be opened.
        """
        if self._served is None:
            message = "No model has been published that this service could open."
            hint = "Run support-analytics classifier train, then classifier promote; the service takes it up by itself."
            raise NothingPublishedError(message, hint)
        return self._served

    def refresh(self) -> None:
        """Ask the registry once which versions should serve; when they are new, open them, warm up and swap.

        Any trouble with the registry is logged and counted; the old classifier goes on serving.
        """
        try:
            published = self._source.published()
        except ClassifierError as error:
            self._observer.unreachable()
            _LOGGER.warning("the registry could not be asked", extra={"fields": {"reason": error.message}})
            return
        if None in published or published == self._published or self._is_refused(published):
            return
        try:
            served = self._source.load(published)
            served.classifier.classify(_WARM_UP)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong with a new model, the old one goes on
            self._refuse(published, error)
            return
        self._served, self._published, self._refused = served, published, None
        _settle_memory()
        self._observer.swapped(served)
        _LOGGER.info("serving", extra={"fields": published._asdict()})

    def _is_refused(self, published: Published) -> bool:
        """Say whether these versions were just refused; after a minute they are tried again, in case of a repair."""
        return (
            self._refused is not None
            and self._refused[0] == published
            and self._clock() < self._refused[1] + _TRY_REFUSED_AGAIN_SECONDS
        )

    def _refuse(self, published: Published, error: Exception) -> None:
        is_new = self._refused is None or self._refused[0] != published
        self._refused = (published, self._clock())
        self._observer.refused()
        if is_new:
            reason = error.message if isinstance(error, ClassifierError) else type(error).__name__
            _LOGGER.error("refused", extra={"fields": {**published._asdict(), "reason": reason}})


def _settle_memory() -> None:
    """Exempt the new classifier from garbage collection, and return the memory that opening it took.

    Garbage collections of the classifier's objects took a sixth of the time. glibc keeps freed memory until it is asked
    to return it.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    give_memory_back()
