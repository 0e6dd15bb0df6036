"""A real registry with small real models in it."""

from dataclasses import replace
from pathlib import Path

from classifier_service.registry.registry import Registry
from classifier_service.registry.signing import SigningKey
from classifier_service.rules.defaults import default_rules
from classifier_service.rules.document import RulesDocument
from tests.factories.models import make_bundle, make_card

FIRST = "20260701T060000Z-fast-aaaaaa"
SECOND = "20260702T060000Z-fast-bbbbbb"


def registry_in(data_dir: Path) -> Registry:
    """Return the registry that the service finds in a data directory."""
    return Registry.open(str(data_dir / "models"), SigningKey.kept_at(data_dir / "classifier_signing_key"))


def publish(registry: Registry, version: str = FIRST) -> str:
    """Publish and promote a model, and the default rules, and return the rules' version."""
    registry.publish_model(make_bundle(), make_card(version))
    registry.promote(version)
    return registry.publish_rules(default_rules())


def other_rules() -> RulesDocument:
    """Return rules that are not the default ones."""
    return replace(default_rules(), abstention_threshold=0.9)
