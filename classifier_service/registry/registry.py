"""Models and rules, published as versions that never change, and pointers to those that serve.

```
<root>/models/<version>/{model.joblib, model_card.json, manifest.json}    the manifest is written last
<root>/promotions/<number>-<random>.json                                  only ever added to
<root>/rules/<version>.json
<root>/{champion,rules}.json                                              pointers
```
Manifests, promotions, rules and pointers are signed; a manifest holds the hashes of the model's files. Everything is
verified before joblib sees a byte of it, because opening a pickle runs the code in it.
"""

from typing import NamedTuple, Self

from classifier_service.models.bundle import ModelBundle
from classifier_service.registry.model_card import ModelCard
from classifier_service.registry.promotions import PromotionLog
from classifier_service.registry.published_models import PublishedModels
from classifier_service.registry.published_rules import PublishedRules
from classifier_service.registry.signing import SigningKey
from classifier_service.registry.store import open_store
from classifier_service.rules.document import RulesDocument
from storage.store import Store


class Pointers(NamedTuple):
    """The versions of the model and of the rules that serve now; None where nothing is published yet."""

    champion: str | None
    rules: str | None


class Registry:
    """The published models and rules below one address.

    Every method raises RegistryError if the store cannot be reached, and ArtefactRefusedError if a file is damaged,
    altered or signed with another key.
    """

    def __init__(self, store: Store, key: SigningKey) -> None:
        """Use a store and a key; `Registry.open` makes a registry from an address."""
        self._models = PublishedModels(store, key)
        self._promotions = PromotionLog(store, key)
        self._rules = PublishedRules(store, key)

    @classmethod
    def open(cls, url: str, key: SigningKey) -> Self:
        """Open the registry at a directory, `s3://bucket/path` or `gs://bucket/path`; nothing is read yet.

        Raises:
            RegistryError: If the address cannot be used.
        """
        return cls(open_store(url), key)

    def pointers(self) -> Pointers:
        """Return the versions that serve now; this takes two small reads, so it can be done every few seconds."""
        return Pointers(self.champion(), self.rules_version())

    def publish_model(self, bundle: ModelBundle, card: ModelCard) -> str:
        """Publish a model under its card's version and return that version; the model serves once it is promoted.

        Raises:
            RegistryError: If the version exists already.
        """
        return self._models.publish(bundle, card)

    def model_versions(self) -> tuple[str, ...]:
        """Return the published versions, sorted, and therefore in the order of their training."""
        return self._models.versions()

    def model_card(self, version: str) -> ModelCard:
        """Return a model's card without opening the model.

        Raises:
            UnknownVersionError: If there is no such model.
        """
        return self._models.card(version)

    def load_model(self, version: str) -> tuple[ModelBundle, ModelCard]:
        """Open a model, once everything about it has been verified.

        Raises:
            UnknownVersionError: If there is no such model.
            ArtefactRefusedError: If the model was altered, or was made with versions that differ from those here.
        """
        return self._models.load(version)

    def champion(self) -> str | None:
        """Return the version of the model that serves; None before the first promotion."""
        return self._promotions.pointer.read()

    def promote(self, version: str) -> None:
        """Let a model serve, once its files have been verified; nothing changes if it serves already.

        Raises:
            UnknownVersionError: If there is no such model.
            ArtefactRefusedError: If the model could not be opened here.
        """
        self._models.verify(version)
        self._promotions.promote(version)

    def rollback(self) -> str:
        """Let the model that served before the champion serve again, and return its version.

        Raises:
            NothingPublishedError: If no model served before.
        """
        return self._promotions.rollback()

    def publish_rules(self, document: RulesDocument) -> str:
        """Publish rules, let them serve, and return their version; rules that serve already keep their version."""
        return self._rules.publish(document)

    def rules_version(self) -> str | None:
        """Return the version of the rules that serve; None before the first rules are published."""
        return self._rules.pointer.read()

    def load_rules(self, version: str | None = None) -> RulesDocument:
        """Return the rules of a version; of the version that serves when none is named.

        Raises:
            NothingPublishedError: If no rules are published.
            UnknownVersionError: If there is no such version.
        """
        return self._rules.load(version)
