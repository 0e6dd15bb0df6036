"""The texts of a workbook, kept on disk: a workbook of any size needs little memory."""

import tempfile
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import IO, Final, Self
from xml.etree.ElementTree import Element, iterparse

NAMESPACE: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CACHED: Final = 4096


class SharedStrings:
    """Texts by number, in a temporary file."""

    def __init__(self, store: IO[bytes]) -> None:
        """Begin without any text."""
        self._store = store
        self._ends = array("Q", [0])
        self._cached = lru_cache(maxsize=_CACHED)(self._read)

    @classmethod
    @contextmanager
    def of(cls, xml: IO[bytes] | None) -> Iterator[Self]:
        """Read ``xl/sharedStrings.xml``; a workbook may have none."""
        with tempfile.TemporaryFile() as store:
            strings = cls(store)
            for item in elements(xml, f"{NAMESPACE}si") if xml is not None else ():
                strings._append(text_of(item))
            store.flush()
            yield strings

    def __getitem__(self, number: int) -> str:
        """Return a text by its number.

        Raises:
            IndexError: If there is none of that number.
        """
        if not 0 <= number < len(self._ends) - 1:
            raise IndexError(number)
        return self._cached(number)

    def _append(self, text: str) -> None:
        encoded = text.encode("utf-8", errors="surrogatepass")
        self._store.write(encoded)
        self._ends.append(self._ends[-1] + len(encoded))

    def _read(self, number: int) -> str:
        begin, end = self._ends[number], self._ends[number + 1]
        self._store.seek(begin)
        return self._store.read(end - begin).decode("utf-8", errors="surrogatepass")


def elements(xml: IO[bytes], tag: str) -> Iterator[Element]:
    """Yield the elements of one tag and forget each afterwards.

    Raises:
        xml.etree.ElementTree.ParseError: If the XML is damaged.
    """
    events = iterparse(xml, events=("start", "end"))  # noqa: S314 - Expat limits entity expansion since 2.4.1
    parents: list[Element] = []
    for event, element in events:
        if event == "start":
            parents.append(element)
            continue
        parents.pop()
        if element.tag == tag:
            yield element
            if parents:
                parents[-1].clear()


def text_of(item: Element) -> str:
    """Return the text of a rich or plain string, without the reading aids of East Asian scripts."""
    texts = [node.text or "" for node in item.findall(f"{NAMESPACE}t")]
    runs = [node.text or "" for node in item.findall(f"{NAMESPACE}r/{NAMESPACE}t")]
    return "".join([*texts, *runs])
