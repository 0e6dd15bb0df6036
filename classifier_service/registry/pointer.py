"""Small signed files that name the version in use."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import orjson

from classifier_service.errors import ArtefactRefusedError
from classifier_service.registry.names import checked_version
from classifier_service.registry.signing import SigningKey
from storage.store import Store

_ATTEMPTS: Final = 20


@dataclass(frozen=True, slots=True)
class Pointer:
    """`<name>.json`: the version in use, worked out from other files, which are only ever added."""

    store: Store
    key: SigningKey
    name: str

    def read(self) -> str | None:
        """Return the version; None before the pointer is first written.

        Raises:
            ArtefactRefusedError: If the pointer is damaged or its signature does not fit.
        """
        sealed = self.store.read(f"{self.name}.json")
        if sealed is None:
            return None
        try:
            return checked_version(orjson.loads(self.key.unseal(f"pointer to the {self.name}", sealed))["version"])
        except (ValueError, TypeError, KeyError) as error:
            message = f"The registry's pointer to the {self.name} cannot be read."
            raise ArtefactRefusedError(message, "Promote or publish again.") from error

    def settle(self, current: Callable[[], str]) -> str:
        """Point to the version that `current` works out, and repeat until the result stays the same.

        Several writers may do this at once. Each adds its file first, then writes the pointer, then works out the
        version again. So whoever writes the pointer last then sees the files of all who wrote it before, and corrects
        the pointer if need be.
        """
        version = current()
        for _ in range(_ATTEMPTS):
            content = orjson.dumps({"version": version})
            self.store.write(f"{self.name}.json", self.key.seal(f"pointer to the {self.name}", content))
            again = current()
            if again == version:
                break
            version = again
        return version
