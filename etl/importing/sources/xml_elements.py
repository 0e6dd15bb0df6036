"""Reads the XML inside a workbook element by element, and stops before hostile XML takes memory or time."""

from collections.abc import Iterator
from typing import IO, Final
from xml.etree.ElementTree import Element, iterparse

from etl.importing.sources.errors import FileDamagedError, FileTooLargeError
from etl.importing.sources.limits import ImportLimits

NAMESPACE: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TEXT: Final = f"{NAMESPACE}t"
_RUN: Final = f"{NAMESPACE}r"
_DEEPEST: Final = 50
_MOST_INSIDE: Final = 200_000
_MOST_OUTSIDE: Final = 2_000_000
_INSIDE: Final = f"One row, text or list of the workbook has more than {_MOST_INSIDE:,} parts."
_OUTSIDE: Final = f"The workbook has more than {_MOST_OUTSIDE:,} elements around its cells."
_TOO_DEEP: Final = "is nested deeper than any workbook"
_ENTITIES: Final = "declares entities, which no workbook does"
_BYTES_OF_A_CHARACTER: Final = 4
_FREE_BYTES: Final = 1024 * 1024


def elements(xml: IO[bytes], tag: str, limits: ImportLimits, until: str = "") -> Iterator[Element]:
    """Yield the elements of one tag and forget each afterwards, as everything around them.

    Args:
        xml: The XML.
        tag: Tag of the elements, with its namespace.
        limits: The longest text comes from `cell_characters`.
        until: Tag at whose end the reading stops; "" reads to the end.

    Raises:
        xml.etree.ElementTree.ParseError: If the XML is damaged.
        FileTooLargeError: If one text or element, or what stands around the elements, is larger than in any table.
        FileDamagedError: If the XML declares entities or is nested as no workbook is.
    """
    watched = _WatchedXml(xml, limits.cell_characters * _BYTES_OF_A_CHARACTER + _FREE_BYTES)
    parents: list[Element] = []
    wanted: Element | None = None
    inside = outside = 0
    element: Element
    for event, element in iterparse(watched, events=("start", "end")):  # noqa: S314 - a document type is refused below
        watched.unseen = 0
        if event == "start":
            parents.append(element)
            if wanted is None and element.tag == tag:
                wanted, inside = element, 0
            elif len(parents) > _DEEPEST:
                raise _odd(_TOO_DEEP)
            continue
        parents.pop()
        if wanted is not None and element is wanted:
            yield element
            wanted = None
        elif wanted is not None:
            inside = _counted(inside, _MOST_INSIDE, _INSIDE)
            continue
        elif element.tag == until:
            return
        else:
            outside = _counted(outside, _MOST_OUTSIDE, _OUTSIDE)
        if parents:
            parents[-1].clear()


def _counted(before: int, most: int, message: str) -> int:
    if before >= most:
        raise _too_large(message)
    return before + 1


def text_of(item: Element) -> str:
    """Return the text of a rich or plain string, without the reading aids of East Asian scripts."""
    texts = []
    for node in item:
        if node.tag == _TEXT:
            texts.append(node.text or "")
        elif node.tag == _RUN:
            texts.append(node.findtext(_TEXT) or "")
    return "".join(texts)


class _WatchedXml:
    """Bytes of XML, of which only so many may come without an element beginning or ending.

    Attributes:
        unseen: Bytes since the last beginning or end; who reads the elements sets it to 0.
    """

    def __init__(self, xml: IO[bytes], limit: int) -> None:
        self._xml = xml
        self._limit = limit
        self._tail = b"\n"
        self.unseen = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        chunk = self._xml.read(size)
        # A document type stands before the first element, and only it can declare entities.
        if self._tail and b"<!DOCTYPE" in self._tail + chunk:
            raise _odd(_ENTITIES)
        self._tail = chunk[-len(b"<!DOCTYPE") :] if self.unseen or self._tail == b"\n" else b""
        self.unseen += len(chunk)
        if self.unseen > self._limit:
            message = f"A cell of the workbook is longer than {self._limit / 1e6:.0f} MB."
            raise _too_large(message)
        return chunk


def _odd(what: str) -> FileDamagedError:
    message = f"The XML inside the workbook {what}."
    return FileDamagedError(message, "Save it again as XLSX or CSV; nothing was imported.")


def _too_large(message: str) -> FileTooLargeError:
    return FileTooLargeError(message, "If it is genuine, save the sheet as CSV and import that.")
