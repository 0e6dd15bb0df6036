"""How long a message can wait is summed from phrases that can be shown."""

import pytest

from classifier_service.classification import Urgency
from classifier_service.signals.urgency import UrgencyAnswer, UrgencyScorer
from classifier_service.words import clean_text, words_and_ends

SCORER = UrgencyScorer()


def answer(text: str) -> UrgencyAnswer:
    return SCORER.answer(clean_text(text), words_and_ends(clean_text(text)))


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("This is urgent, please phone me.", Urgency.URGENT),
        ("We have a deadline, please sort it out today.", Urgency.URGENT),
        ("Se se potlakile thata!", Urgency.URGENT),
        ("Please answer as soon as you can.", Urgency.HIGH),
        ("Could somebody help me today please?", Urgency.HIGH),
        ("Ke kopa karabo ka bonako.", Urgency.HIGH),
        ("Where is the parcel?", Urgency.NORMAL),
        ("Buka ya me e kae?", Urgency.NORMAL),
        ("", Urgency.NORMAL),
        ("There is no rush.", Urgency.LOW),
        ("It is not urgent at all.", Urgency.LOW),
        ("Ga go na potlako.", Urgency.LOW),
    ],
)
def test_plain_messages(text: str, urgency: Urgency) -> None:
    """What a reader would say of one sentence is what is answered."""
    assert answer(text).urgency == urgency


@pytest.mark.parametrize(
    "text", ["I can't wait to read it!", "See you soon", "It crashes as soon as I open it", "I ordered today"]
)
def test_what_only_sounds_pressing_is_normal(text: str) -> None:
    """Phrases that hold a pressing word and mean something else weigh nothing."""
    assert answer(text).urgency == Urgency.NORMAL


def test_a_deadline_raises_and_saying_that_it_can_wait_lowers() -> None:
    """Both are heard: they add up, and each is shown with its weight."""
    found = answer("No rush, but I would like it by Friday.")
    assert [(term.text, term.weight) for term in found.terms] == [("no rush", -2.0), ("by friday", 1.0)]
    assert found.urgency == Urgency.NORMAL


def test_shouting_adds_a_little() -> None:
    """Exclamation marks and capitals count, and not enough to be urgent alone."""
    found = answer("WHERE ARE THESE BOOKS FROM YOU!!")
    assert {term.text for term in found.terms} == {"!!", "capitals"}
    assert found.urgency == Urgency.NORMAL


def test_repeating_a_phrase_does_not_make_it_more_pressing() -> None:
    """A hundred times "soon" is as urgent as once."""
    assert answer("soon " * 100).terms == answer("soon").terms


def test_who_asks_near_a_moment_means_that_moment() -> None:
    """A request and a moment apart from one another are no demand."""
    near = answer("I need it today")
    far = answer("I need it. " + "The weather is fine and the garden looks well. " * 2 + "It arrived here today")
    assert near.urgency == Urgency.HIGH
    assert far.urgency == Urgency.NORMAL


@pytest.mark.parametrize(
    "text",
    [
        "I came this week last year",
        "I returned it last month today",
        "Thank you for answering so quickly",
        "Ke a leboga ka go nkaraba ka bonako",
        "I do not want anything today",
        "Ke odarile mo bekeng e e fetileng",
    ],
)
def test_the_past_thanks_and_denied_requests_are_not_urgent(text: str) -> None:
    """Their words of time ask for nothing."""
    assert UrgencyScorer().answer(text, words_and_ends(text)).urgency == Urgency.NORMAL
