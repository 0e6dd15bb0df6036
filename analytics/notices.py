"""What is missing for an analysis, as a slug and its numbers. The portal makes a sentence of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

_SLUG: Final = "notice"


@dataclass(frozen=True, slots=True)
class Notice:
    """What is missing.

    Attributes:
        slug: Which sentence is to be made of it.
        facts: The numbers and slugs that the sentence needs.
    """

    slug: str
    facts: Mapping[str, int | str] = field(default_factory=dict)

    def as_json(self) -> dict[str, int | str]:
        """Return the form that is stored."""
        return {_SLUG: self.slug, **self.facts}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Return the notice that was stored."""
        return cls(stored[_SLUG], {name: value for name, value in stored.items() if name != _SLUG})
