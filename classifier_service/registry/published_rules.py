"""The rules documents of a registry, each a signed file under its version."""

import hashlib
from dataclasses import dataclass
from typing import Final

from classifier_service.errors import NothingPublishedError, UnknownVersionError
from classifier_service.registry.names import checked_version
from classifier_service.registry.pointer import Pointer
from classifier_service.registry.signing import SigningKey
from classifier_service.rules.document import RulesDocument
from storage.store import Store

_SUFFIX: Final = ".json"


@dataclass(frozen=True, slots=True)
class PublishedRules:
    """`rules/<number>-<hash>.json`; the document with the highest number serves."""

    store: Store
    key: SigningKey

    @property
    def pointer(self) -> Pointer:
        """The pointer to the rules that serve."""
        return Pointer(self.store, self.key, "rules")

    def publish(self, document: RulesDocument) -> str:
        """Publish rules, point to them and return their version; rules that serve already keep their version."""
        content = document.to_json()
        current = self.pointer.read()
        if current is not None and self._content(current) == content:
            return current
        number = max((int(version.partition("-")[0]) for version in self.versions()), default=0) + 1
        version = f"{number:06d}-{hashlib.sha256(content).hexdigest()[:8]}"
        self.store.write(f"rules/{version}{_SUFFIX}", self.key.seal(_purpose(version), content))
        self.pointer.settle(lambda: self.versions()[-1])
        return version

    def versions(self) -> tuple[str, ...]:
        """Return the versions, the oldest first."""
        names = (name.removesuffix(_SUFFIX) for name in self.store.names("rules") if name.endswith(_SUFFIX))
        return tuple(name for name in names if name.partition("-")[0].isdecimal())

    def load(self, version: str | None) -> RulesDocument:
        """Return the verified rules of a version; of the version that serves when none is named."""
        wanted = version or self.pointer.read()
        if wanted is None:
            message = "No rules are published yet."
            raise NothingPublishedError(message)
        return RulesDocument.from_json(self._content(wanted))

    def _content(self, version: str) -> bytes:
        sealed = self.store.read(f"rules/{checked_version(version)}{_SUFFIX}")
        if sealed is None:
            message = f"The registry has no rules {version}."
            raise UnknownVersionError(message)
        return self.key.unseal(_purpose(version), sealed)


def _purpose(version: str) -> str:
    return f"rules {version}"
