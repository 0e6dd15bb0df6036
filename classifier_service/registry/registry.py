"""Models and rules, published as versions that never change, and pointers to those that serve.

```
<root>/models/<version>/{model.joblib, model_card.json, manifest.json}    the manifest is written last
<root>/promotions/<number>-<chance>.json                                  only ever added to
<root>/rules/<version>.json
<root>/{champion,rules}.json                                              pointers
```
Manifests, promotions, rules and pointers are signed; a manifest holds the hashes of the model's files. Everything is
verified before joblib sees a byte of it, because opening a pickle runs what is in it.
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
    """What serves now: the versions of the model and of the rules; None where nothing is published yet."""

    champion: str | None
    rules: str | None


class Registry:
    """The published models and rules below one address.

    Every method raises RegistryError if the store cannot be reached, and ArtefactRefusedError if what it reads is
    damaged, altered or signed with another key.
    """

    def __init__(self, store: Store, key: SigningKey) -> None:
        """`Registry.open` makes one from an address."""
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
        """Return what serves now: two small reads, made to be asked for every few seconds."""
        return Pointers(self.champion(), self.rules_version())

    def publish_model(self, bundle: ModelBundle, card: ModelCard) -> str:
        """Publish a model under its card's version, which is returned; it serves once it is promoted.

        Raises:
            RegistryError: If there is such a version already.
        """
        return self._models.publish(bundle, card)

    def model_versions(self) -> tuple[str, ...]:
        """Return the published versions, sorted, which is by the time of their training."""
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
            ArtefactRefusedError: If it is not what was published, or was made by other versions than those here.
        """
        return self._models.load(version)

    def champion(self) -> str | None:
        """Return the version of the model that serves; None before the first promotion."""
        return self._promotions.pointer.read()

    def promote(self, version: str) -> None:
        """Let a model serve, once its files have been verified; nothing changes if it serves already.

        Raises:
            UnknownVersionError: If there is no such model.
            ArtefactRefusedError: If it could not be opened here.
        """
        self._models.verify(version)
        self._promotions.promote(version)

    def rollback(self) -> str:
        """Let the model serve that served before the champion, and return its version.

        Raises:
            NothingPublishedError: If there was none.
        """
        return self._promotions.rollback()

    def publish_rules(self, document: RulesDocument) -> str:
        """Publish rules, let them serve, and return their version; the rules that serve already keep theirs."""
        return self._rules.publish(document)

    def rules_version(self) -> str | None:
        """Return the version of the rules that serve; None before the first."""
        return self._rules.pointer.read()

    def load_rules(self, version: str | None = None) -> RulesDocument:
        """Return rules; those that serve unless a version is named.

        Raises:
            NothingPublishedError: If none are published.
            UnknownVersionError: If there is no such version.
        """
        return self._rules.load(version)
