"""The forms in which a table can be taken away."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from table_files import csv_file, workbook
from table_files.table import Table


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file.

    Attributes:
        label: What readers call it.
        media_type: What it is told to be.
        chunks: Yields the file of a table, piece by piece.
    """

    label: str
    media_type: str
    chunks: Callable[[Table], Iterator[bytes]]


FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {
        "csv": Form("CSV", csv_file.MEDIA_TYPE, csv_file.csv_chunks),
        "xlsx": Form("Excel", workbook.MEDIA_TYPE, workbook.xlsx_chunks),
    }
)
"""Ending of a file's name -> its form."""
