"""The models of a registry: a directory for each version, with a signed list of its files."""

import io
from dataclasses import dataclass
from typing import Final

import joblib

from classifier_service.errors import ArtefactRefusedError, EncoderMissingError, RegistryError, UnknownVersionError
from classifier_service.models.bundle import ModelBundle
from classifier_service.registry.manifest import Manifest
from classifier_service.registry.model_card import ModelCard
from classifier_service.registry.names import checked_version
from classifier_service.registry.signing import SigningKey
from storage.store import Store

_MODEL: Final = "model.joblib"
_CARD: Final = "model_card.json"
_MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class PublishedModels:
    """`models/<version>/{model.joblib, model_card.json, manifest.json}`; a version never changes."""

    store: Store
    key: SigningKey

    def publish(self, bundle: ModelBundle, card: ModelCard) -> str:
        """Write a model's files, the manifest last: without it there is no model."""
        version = checked_version(card.version)
        if self._is_published(version):
            message = f"Model {version} is published already, and versions never change."
            raise RegistryError(message)
        stream = io.BytesIO()
        joblib.dump(bundle, stream)
        files = {_MODEL: stream.getvalue(), _CARD: card.to_json()}
        for name, content in files.items():
            self.store.write(f"models/{version}/{name}", content)
        manifest = Manifest.of(version, files).to_json()
        self.store.write(f"models/{version}/{_MANIFEST}", self.key.seal(_purpose(version), manifest))
        return version

    def versions(self) -> tuple[str, ...]:
        """Return the versions that have a manifest, sorted."""
        return tuple(version for version in self.store.names("models") if self._is_published(version))

    def card(self, version: str) -> ModelCard:
        """Return a verified card."""
        return self._card(self._manifest(version))

    def load(self, version: str) -> tuple[ModelBundle, ModelCard]:
        """Open a verified model."""
        manifest = self._manifest(version)
        manifest.require_openable_here(version)
        return _open(version, self._file(manifest, _MODEL)), self._card(manifest)

    def verify(self, version: str) -> None:
        """Make every check that opening the model would make, without opening it."""
        manifest = self._manifest(version)
        manifest.require_openable_here(version)
        for name in manifest.files:
            self._file(manifest, name)

    def _is_published(self, version: str) -> bool:
        return self.store.size(f"models/{version}/{_MANIFEST}") is not None

    def _manifest(self, version: str) -> Manifest:
        sealed = self.store.read(f"models/{checked_version(version)}/{_MANIFEST}")
        if sealed is None:
            message = f"The registry has no model {version}."
            raise UnknownVersionError(message, "See `support-analytics classifier list`.")
        return Manifest.from_json(self.key.unseal(_purpose(version), sealed))

    def _card(self, manifest: Manifest) -> ModelCard:
        return ModelCard.from_json(self._file(manifest, _CARD))

    def _file(self, manifest: Manifest, name: str) -> bytes:
        path = f"models/{manifest.version}/{name}"
        manifest.require_size(name, self.store.size(path))
        return manifest.require_unchanged(name, self.store.read(path))


def _purpose(version: str) -> str:
    return f"manifest of model {version}"


def _open(version: str, content: bytes) -> ModelBundle:
    try:
        bundle = joblib.load(io.BytesIO(content))
    except EncoderMissingError as error:
        message = f"Model {version} cannot be opened. {error.message}"
        raise ArtefactRefusedError(message, error.hint) from error
    except (ImportError, AttributeError) as error:
        message = f"Model {version} needs a package that is not installed, or another version of the product."
        raise ArtefactRefusedError(message, "Train the model again, or install what it was trained with.") from error
    if not isinstance(bundle, ModelBundle):
        message = f"Model {version} holds something else than a model."
        raise ArtefactRefusedError(message, "Train the model again.")
    return bundle
