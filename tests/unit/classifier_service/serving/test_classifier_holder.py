"""The holder: when a classifier is swapped, and when the old one stays."""

import logging

import pytest

from classifier_service.errors import ArtefactRefusedError, NothingPublishedError, RegistryError
from classifier_service.serving.classifier_holder import ClassifierHolder, Observer
from classifier_service.serving.served_classifier import Published
from tests.fakes.classifier import FakeSource


class Told:
    """What the holder told."""

    def __init__(self) -> None:
        self.swapped: list[str] = []
        self.refused = 0
        self.unreachable = 0

    def observer(self) -> Observer:
        return Observer(lambda served: self.swapped.append(served.model.version), self._refused, self._unreachable)

    def _refused(self) -> None:
        self.refused += 1

    def _unreachable(self) -> None:
        self.unreachable += 1


class Clock:
    """Seconds as a test sets them."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Return them."""
        return self.now


@pytest.fixture
def source() -> FakeSource:
    """Publishes m1 and r1."""
    return FakeSource()


@pytest.fixture
def told() -> Told:
    """Listens to the holder."""
    return Told()


@pytest.fixture
def clock() -> Clock:
    """Stands still."""
    return Clock()


@pytest.fixture
def holder(source: FakeSource, told: Told, clock: Clock) -> ClassifierHolder:
    """Has asked nothing yet."""
    return ClassifierHolder(source, told.observer(), clock)


def test_at_first_there_is_nothing(holder: ClassifierHolder) -> None:
    """And it says what to do about it."""
    assert not holder.is_serving
    with pytest.raises(NothingPublishedError, match="classifier train"):
        _ = holder.current


def test_what_is_published_is_opened_once_and_warmed_up(
    holder: ClassifierHolder, source: FakeSource, told: Told
) -> None:
    """Asking again costs nothing more; the first caller does not wait for anything to be set up."""
    holder.refresh()
    holder.refresh()
    assert (holder.current.model.version, source.loads, told.swapped) == ("m1", 1, ["m1"])
    assert sum(source.opened["m1"].seen) > 0


@pytest.mark.parametrize("now", [Published("m2", "r1"), Published("m1", "r2")])
def test_a_new_model_or_new_rules_are_swapped_in(holder: ClassifierHolder, source: FakeSource, now: Published) -> None:
    """A call that has the old one goes on with it."""
    holder.refresh()
    old = holder.current
    source.now = now
    holder.refresh()
    assert (holder.current.model.version, holder.current.model.rules_version) == now
    assert (old.model.version, old.model.rules_version) == ("m1", "r1")


@pytest.mark.parametrize("error", [ArtefactRefusedError("It was altered."), KeyError("anything at all")])
def test_what_cannot_be_opened_leaves_the_old_one(
    holder: ClassifierHolder, source: FakeSource, told: Told, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    """It is counted, and logged once; a rollback is taken up at once."""
    caplog.set_level(logging.ERROR)
    holder.refresh()
    source.refused["m2"] = error
    source.now = Published("m2", "r1")
    for _ in range(3):
        holder.refresh()
    assert (holder.current.model.version, source.loads, told.refused) == ("m1", 2, 1)
    assert len(caplog.records) == 1
    assert "anything" not in str(caplog.records[0].__dict__)
    source.now = Published("m3", "r1")
    holder.refresh()
    assert holder.current.model.version == "m3"


def test_what_was_refused_is_tried_again_after_a_minute(
    holder: ClassifierHolder, source: FakeSource, told: Told, clock: Clock
) -> None:
    """It may have been repaired."""
    source.refused["m1"] = RegistryError("It was cut short.")
    holder.refresh()
    clock.now = 59.0
    holder.refresh()
    assert source.loads == 1
    clock.now = 60.0
    source.refused.clear()
    holder.refresh()
    assert (source.loads, told.swapped, told.refused) == (2, ["m1"], 1)


def test_a_registry_that_is_away_changes_nothing(holder: ClassifierHolder, source: FakeSource, told: Told) -> None:
    """It is counted."""
    holder.refresh()
    source.failure = RegistryError("It cannot be reached.")
    source.now = Published("m2", "r1")
    holder.refresh()
    assert (holder.current.model.version, told.unreachable) == ("m1", 1)


@pytest.mark.parametrize("now", [Published(None, None), Published("m2", None), Published(None, "r2")])
def test_half_a_publication_is_none(holder: ClassifierHolder, source: FakeSource, now: Published) -> None:
    """A model needs rules, and rules a model."""
    holder.refresh()
    source.now = now
    holder.refresh()
    assert holder.current.model.version == "m1"
