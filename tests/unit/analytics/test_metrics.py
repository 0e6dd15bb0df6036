"""The metric definitions are complete and the page made from them is the one in the documentation."""

from pathlib import Path

import pytest

from analytics.metrics import METRICS, Anchor, Clock, Kind, Metric, UnknownMetricError, metric_by_slug
from analytics.metrics_page import formula, metrics_page

PAGE = Path(__file__).parents[3] / "docs" / "metrics.md"


def test_the_page_in_the_documentation_is_the_one_made_from_the_definitions() -> None:
    assert PAGE.read_text(encoding="utf-8") == metrics_page()


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS.keys())
def test_a_definition_is_a_sentence_a_reader_can_use(metric: Metric) -> None:
    assert metric.definition.endswith(".")
    assert metric.label[0].isupper()
    assert formula(metric)


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS.keys())
def test_only_ratios_and_levels_have_a_second_measure(metric: Metric) -> None:
    has_second = metric.kind in {Kind.SHARE, Kind.MEAN, Kind.LEVEL}
    assert bool(metric.denominator) == has_second


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS.keys())
def test_a_duration_names_its_clock_and_a_level_its_moment(metric: Metric) -> None:
    assert (metric.clock is not Clock.NONE) == (metric.kind is Kind.DURATION)
    assert (metric.anchor is Anchor.MOMENT) == (metric.kind is Kind.LEVEL)


def test_an_unknown_slug_is_answered_with_what_there_is() -> None:
    with pytest.raises(UnknownMetricError, match="created"):
        metric_by_slug("no_such_metric")
