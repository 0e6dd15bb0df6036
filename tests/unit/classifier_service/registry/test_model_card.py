"""A model card comes back as it was written, and anything else is refused."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import orjson
import pytest

from classifier_service.errors import ArtefactRefusedError
from classifier_service.models.bundle import Flavour
from classifier_service.registry.model_card import ModelCard, new_version
from tests.factories.models import make_card


def test_a_card_survives_json() -> None:
    """What is read is what was written, times and tuples included."""
    card = make_card()
    assert ModelCard.from_json(card.to_json()) == card


def test_a_card_from_before_the_table_of_thresholds_can_be_read() -> None:
    """Models that serve already go on serving."""
    fields = orjson.loads(make_card().to_json())
    del fields["thresholds"]
    assert ModelCard.from_json(orjson.dumps(fields)) == make_card(thresholds=())


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"null", b'{"version": "x"}', b"\xff"])
def test_anything_else_is_refused(data: bytes) -> None:
    """A card that cannot be read is an artefact refused, not a crash."""
    with pytest.raises(ArtefactRefusedError):
        ModelCard.from_json(data)


def test_a_card_with_an_unknown_flavour_is_refused() -> None:
    """A model of a kind that this version does not know cannot serve."""
    with pytest.raises(ArtefactRefusedError):
        ModelCard.from_json(make_card().to_json().replace(b'"fast"', b'"quantum"'))


def test_versions_sort_by_time_and_never_repeat() -> None:
    """Two trainings in the same second have two versions; a later one sorts later, whatever its zone."""
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    later = (noon + timedelta(seconds=1)).astimezone(timezone(timedelta(hours=-9)))
    versions = {new_version(noon, Flavour.FAST) for _ in range(20)}
    assert len(versions) == 20
    assert max(versions) < new_version(later, Flavour.ACCURATE)
    assert all(re.fullmatch(r"20260701T120000Z-fast-[0-9a-f]{6}", version) for version in versions)


def test_a_card_is_a_value() -> None:
    """Cards are compared field by field."""
    assert make_card() != replace(make_card(), seed=8)
