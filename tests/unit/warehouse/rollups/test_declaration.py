"""The declaration of the rollups covers every metric and agrees with itself."""

from analytics.metrics import METRICS, Kind
from analytics.vocabulary import DIMENSIONS
from warehouse.rollups.declaration import (
    ANCHORS,
    COUNTERS,
    DURATION_IDS,
    DURATIONS,
    HOUR,
    LATTICE,
    MEASURES,
)
from warehouse.rollups.sql import ROLLUPS, parent_of


def test_every_metric_has_what_it_is_computed_from() -> None:
    for metric in METRICS.values():
        known = DURATIONS if metric.kind is Kind.DURATION else MEASURES
        assert metric.numerator in known
        if metric.denominator:
            assert metric.denominator in MEASURES


def test_every_measure_is_a_sum_of_counters_of_one_anchor_each() -> None:
    assert all(counter in COUNTERS for counters in MEASURES.values() for counter in counters)
    names = [counter for anchor in ANCHORS for counter in (*anchor.counters, anchor.excluded_counter)]
    assert len(names) == len(set(names))


def test_durations_have_numbers_of_their_own_even_for_timed_ones() -> None:
    assert all(number % 2 == 0 for number in DURATION_IDS.values())
    assert len(set(DURATION_IDS.values())) == len(DURATIONS)


def test_nodes_keep_known_dimensions_only() -> None:
    assert all(node.is_custom or set(node.dimensions) <= {*DIMENSIONS, HOUR} for node in LATTICE)


def test_a_rollup_is_summed_from_finer_cells_that_are_made_before_it() -> None:
    for place, rollup in enumerate(ROLLUPS):
        parent = parent_of(rollup)
        if parent is not None:
            assert parent in ROLLUPS[:place]
            assert set(rollup.node.dimensions) <= set(parent.node.dimensions)
            assert parent.is_durations == rollup.is_durations
