"""A desk starts with a model that has learnt nothing, and the first that has learnt takes its place."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from classifier_service.registry.registry import Registry
from classifier_service.registry.signing import SigningKey
from classifier_service.rules.defaults import default_rules
from classifier_service.serving.registry_source import RegistrySource
from classifier_service.training.blank import publish_blank
from tests.factories.models import make_bundle, make_card

NOW = datetime(2026, 7, 1, 6, tzinfo=UTC)


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    """An empty registry."""
    return Registry.open(str(tmp_path / "models"), SigningKey.kept_at(tmp_path / "key"))


def test_it_serves_without_a_category_and_without_a_figure(registry: Registry) -> None:
    """What it has not measured it does not say."""
    version = publish_blank(registry, NOW)
    assert registry.champion() == version
    bundle, card = registry.load_model(str(version))
    assert (bundle.category_model.classes, card.training_rows, card.has_figures) == ((), 0, False)
    assert bundle.category_model.probabilities(["a", "b"]).shape == (2, 0)
    with pytest.raises(KeyError):
        bundle.category_model.terms("a", "b", 1)


def test_it_takes_no_model_s_place(registry: Registry) -> None:
    """A desk that has learnt keeps what it has."""
    registry.publish_model(make_bundle(), make_card())
    registry.promote(make_card().version)
    assert publish_blank(registry, NOW) is None
    assert registry.champion() == make_card().version


def test_the_service_tells_no_figures_of_made_up_texts(registry: Registry) -> None:
    """How a model does on its own template says nothing of a desk."""
    rules = registry.publish_rules(default_rules())
    registry.publish_model(make_bundle(), make_card(is_of_template=True))
    registry.promote(make_card().version)
    source = RegistrySource(registry)
    assert source.load(source.published()).model.metrics == ()
    assert source.published().rules_version == rules
