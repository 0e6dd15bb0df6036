"""The log of promotions says which model serves."""

import doctest
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier_service.errors import ArtefactRefusedError
from classifier_service.registry import promotions
from classifier_service.registry.promotions import Promotion, champions

VERSIONS = st.sampled_from("abc")
ENTRIES = st.lists(VERSIONS.map(Promotion) | VERSIONS.map(lambda version: Promotion(rolled_back=version)), max_size=30)


def test_the_example_holds() -> None:
    """What the documentation shows is so."""
    assert doctest.testmod(promotions).failed == 0


@given(ENTRIES, VERSIONS)
def test_a_promotion_then_a_rollback_change_nothing(log: list[Promotion], version: str) -> None:
    """A rollback takes back exactly the last promotion, if that changed the champion."""
    before = champions(log)
    after = champions([*log, Promotion(version), Promotion(rolled_back=version)])
    if before and before[-1] != version:
        assert after == before


@given(ENTRIES, VERSIONS)
def test_rolling_the_same_version_back_twice_is_once(log: list[Promotion], version: str) -> None:
    """Two people who roll back at the same moment go back one step."""
    rollback = Promotion(rolled_back=version)
    once = champions([*log, rollback])
    if once[-1:] != (version,):
        assert champions([*log, rollback, rollback]) == once


@given(ENTRIES)
def test_there_is_a_champion_from_the_first_promotion_on(log: list[Promotion]) -> None:
    """No rollback leaves nobody to serve, and nobody comes twice in a row."""
    stack = champions(log)
    assert bool(stack) == any(entry.promoted for entry in log)
    assert all(one != other for one, other in itertools.pairwise(stack))


@given(ENTRIES)
def test_entries_survive_json(log: list[Promotion]) -> None:
    """What is read is what was written."""
    assert [Promotion.from_json(entry.to_json()) for entry in log] == log


@pytest.mark.parametrize("data", [b"", b"[]", b'{"x": 1}', b"3"])
def test_another_entry_is_refused(data: bytes) -> None:
    """An entry of a later version is not read as one of ours."""
    with pytest.raises(ArtefactRefusedError):
        Promotion.from_json(data)
