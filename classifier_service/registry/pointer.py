"""Small signed files that say what serves."""

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
    """`<name>.json`: the version that serves, worked out from files that are only ever added."""

    store: Store
    key: SigningKey
    name: str

    def read(self) -> str | None:
        """Return the version; None if nothing was ever pointed to.

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
        """Point to what `current` works out, until it stays the same.

        Of several writers at once each adds its file first, then points, then looks again. Whoever points last looks
        after that, and so sees every file that another had pointed by.
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
