"""Which model serves: a log of promotions and rollbacks to which entries are only ever added.

Several writers at the same time each add their own entry, so that none overwrites another's. The champion follows from
the entries, and is the same for every reader.
"""

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Final, Self

import orjson

from classifier_service.errors import ArtefactRefusedError, NothingPublishedError
from classifier_service.registry.pointer import Pointer
from classifier_service.registry.signing import SigningKey
from storage.store import Store

_DIGITS: Final = 8


@dataclass(frozen=True, slots=True)
class Promotion:
    """One entry of the log.

    Attributes:
        promoted: The version that serves from here on; None for a rollback.
        rolled_back: The version that stops serving; None for a promotion. Because it is named, two rollbacks of the
            same version at once count as one.
    """

    promoted: str | None = None
    rolled_back: str | None = None

    def to_json(self) -> bytes:
        """Return the entry as a JSON object."""
        return orjson.dumps(asdict(self))

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """Read an entry whose signature has been verified.

        Raises:
            ArtefactRefusedError: If the data is not an entry.
        """
        try:
            return cls(**orjson.loads(data))
        except (ValueError, TypeError) as error:
            message = "The registry's log of promotions cannot be read."
            raise ArtefactRefusedError(message, "It was written by another version of the product.") from error


def champions(log: Iterable[Promotion]) -> tuple[str, ...]:
    """Return the versions that rollbacks would go back to, and last the version that serves.

    >>> champions([Promotion("a"), Promotion("b"), Promotion(rolled_back="b")])
    ('a',)
    """
    stack: list[str] = []
    for entry in log:
        if entry.promoted is not None and stack[-1:] != [entry.promoted]:
            stack.append(entry.promoted)
        elif entry.rolled_back is not None and stack[-1:] == [entry.rolled_back] and stack[1:]:
            stack.pop()
    return tuple(stack)


@dataclass(frozen=True, slots=True)
class PromotionLog:
    """`promotions/<number>-<chance>.json`, and the pointer to the champion that follows from them."""

    store: Store
    key: SigningKey

    @property
    def pointer(self) -> Pointer:
        """The pointer to the model that serves."""
        return Pointer(self.store, self.key, "champion")

    def promote(self, version: str) -> None:
        """Let a version serve; nothing changes if it serves already."""
        if self.pointer.read() != version:
            self._append(Promotion(promoted=version))

    def rollback(self) -> str:
        """Let the previous version serve again, and return it."""
        stack = self._stack()
        if len(stack) < 2:  # noqa: PLR2004 - the champion and the one before
            message = "No model served before the present one, so there is nothing to go back to."
            raise NothingPublishedError(message, "Promote a version: see `support-analytics classifier list`.")
        return self._append(Promotion(rolled_back=stack[-1]))

    def _append(self, entry: Promotion) -> str:
        last = max((int(name[:_DIGITS]) for name in self._names()), default=0)
        name = f"{last + 1:0{_DIGITS}d}-{secrets.token_hex(4)}.json"
        self.store.write(f"promotions/{name}", self.key.seal(_purpose(name), entry.to_json()))
        return self.pointer.settle(lambda: self._stack()[-1])

    def _stack(self) -> tuple[str, ...]:
        return champions(self._entry(name) for name in self._names())

    def _names(self) -> list[str]:
        names = self.store.names("promotions")
        return [name for name in names if name[:_DIGITS].isdecimal() and name.endswith(".json")]

    def _entry(self, name: str) -> Promotion:
        sealed = self.store.read(f"promotions/{name}") or b""
        return Promotion.from_json(self.key.unseal(_purpose(name), sealed))


def _purpose(name: str) -> str:
    return f"promotion {name}"
