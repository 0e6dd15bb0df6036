"""One name for the spellings of an agent: by capitals, and by the e-mail address behind the name."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from etl.importing.transforms.list_items import json_items
from etl.importing.vocabulary.spelling import plain

_ADDRESSED: Final = re.compile(
    r"\s*\"?'?(.*?)'?\"?\s*[<(\[]\s*(?:mailto:)?([^<>()\s@]+@[^<>()\s@]+)\s*[>)\]]\s*;?\s*$", re.DOTALL
)
_SEVERAL: Final = re.compile(
    r"[\n;|]+|\s*<br\s*/?>\s*|(?<=[\w.)>])\s+(?:[/&+]|und|and|et)\s+(?=[\w(<])(?![^(<]*[)>])", re.IGNORECASE
)
"""Between agents in one cell. The Spanish y and the Portuguese e stand inside surnames; brackets belong to one name."""
_ADDRESS: Final = re.compile(r"[^\s<>()@]+@[^\s<>()@]+$")


def name_and_address(text: str) -> tuple[str, str]:
    """Return the name and the e-mail address of `Bob <bob@x>`, `bob@x` or `Bob`; "" for what is not there.

    The address is in lower case.
    """
    text = text.strip()
    if (match := _ADDRESSED.match(text)) is not None:
        name = match[1].strip()
        return ("" if plain(name) == plain(match[2]) else name), match[2].lower()
    return ("", text.lower()) if _ADDRESS.match(text) else (text, "")


def parted(text: str, separator: str = "") -> list[str]:
    """Return the agents in a cell, each as it stands there; what is between them may be a separator of the file."""
    items = json_items(text)
    if items is not None:
        return items
    return text.split(separator) if separator else _SEVERAL.split(text)


class AgentNames:
    """The agents that are known, and the names they go by."""

    def __init__(self, known: Iterable[str] = (), sample: Iterable[str] = (), separator: str = "") -> None:
        """Learn the names.

        Args:
            known: Names that the desk has already; they stay as they are.
            sample: Cells of the file. Of a name's spellings the commonest counts.
            separator: What stands between several agents in a cell; "" means find out from the cell.
        """
        self._names: dict[str, str] = {}
        self._of_address: dict[str, str] = {}
        counts = Counter(name_and_address(part) for cell in sample for part in parted(cell, separator))
        for name in known:
            self._names.setdefault(_key(name), name)
        for (name, address), _ in sorted(counts.items(), key=lambda each: (-each[1], not _is_mixed(each[0][0]))):
            if name:
                kept = self._names.setdefault(_key(name), name)
                if address:
                    self._of_address.setdefault(address, kept)

    def canonical(self, text: str) -> str:
        """Return the name that an agent goes by."""
        name, address = name_and_address(text)
        if name:
            kept = self._names.setdefault(_key(name), name)
            if address:
                self._of_address.setdefault(address, kept)
            return kept
        return self._of_address.get(address) or self._names.setdefault(_key(address), address)

    def knows(self, text: str) -> bool:
        """Say whether a name is one of an agent."""
        return _key(text) in self._names


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _is_mixed(name: str) -> bool:
    return not name.isupper() and not name.islower()
