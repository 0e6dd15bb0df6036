"""The lists of sentences are whole: whatever a job can find has its sentence, and no sentence is there for nothing."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from analytics.churn.features import FEATURES
from analytics.churn.report import MissingDepartures
from analytics.drivers.rated_tickets import DRIVERS as RATED_DRIVERS
from analytics.drivers.report import MissingRatings
from analytics.insights.finding import Claim, Missing, Topic
from portal.numbers import reason_words
from portal.topics.churn import sentences as of_churn
from portal.topics.drivers import sentences as of_drivers
from portal.topics.insights import sentences as of_insights
from portal.topics.insights.conclusion import CLAIMS
from portal.topics.overview import sentences as of_overview

_TOPICS = Path(__file__).parents[5] / "portal" / "topics"


def test_whatever_can_be_found_has_its_sentence() -> None:
    """Claims, gaps, topics, notices, drivers and reasons, by their slugs."""
    assert set(CLAIMS) == set(Claim)
    assert set(of_insights.MISSING) == set(Missing)
    assert set(of_insights.TOPICS) == set(Topic)
    assert set(of_drivers.DRIVERS) == set(of_drivers.DRIVER_NAMES) == set(RATED_DRIVERS)
    assert set(of_drivers.SENTENCES) >= set(MissingRatings)
    assert set(of_churn.SENTENCES) >= set(MissingDepartures)
    assert set(reason_words.REASONS) == set(FEATURES)


@pytest.mark.parametrize(
    ("topic", "sentences"),
    [("insights", of_insights.SENTENCES), ("drivers", of_drivers.SENTENCES), ("overview", of_overview.SENTENCES)],
)
def test_every_sentence_is_said_somewhere(topic: str, sentences: Mapping[str, str]) -> None:
    """By its name, or by the beginning of its name with what decides the rest."""
    code = "".join(
        path.read_text(encoding="utf-8") for path in (_TOPICS / topic).glob("*.py") if path.stem != "sentences"
    )
    begun = set(re.findall(r'f"([a-z_.]+)\.\{', code))
    notices = set(MissingRatings) if topic == "drivers" else set()
    unsaid = [
        name
        for name in sentences
        if f'"{name}"' not in code and name not in notices and name.rpartition(".")[0] not in begun
    ]
    assert unsaid == []
