"""What all sheets of a workbook share: their names, the cell styles that show dates, the day that counting starts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_datetime
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from etl.importing.sources.errors import FileKindError, FileTooLargeError
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.xml_elements import NAMESPACE, elements
from etl.importing.sources.zip_archive import WORKBOOK, ZipArchive, damage_named

_RELATIONS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STYLES: Final = "xl/styles.xml"
DURATION: Final = "duration"
"""What a style shows whose hours, minutes or seconds go on beyond a day, such as [h]:mm:ss."""
_ELAPSED: Final = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_QUOTED: Final = re.compile(r'"[^"]*"|\\.')
_HIDDEN: Final = ("hidden", "veryHidden")
_MOST_STYLES: Final = 100_000
_MOST_SHEETS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with cells; charts and macros are none.

    Attributes:
        name: Its name.
        path: Its file inside the workbook.
        is_hidden: Whether a person does not see it.
    """

    name: str
    path: str
    is_hidden: bool


class WorkbookParts:
    """Data for all sheets.

    Attributes:
        sheets: The sheets with cells, in their order.
        epoch: The day that serial dates are counted from.
        date_styles: Number of a style -> "date", "time", "datetime" or `DURATION`; other styles show none of them.
    """

    def __init__(self, archive: ZipArchive, limits: ImportLimits) -> None:
        """Read them.

        Raises:
            ImportFileError: If the workbook is damaged or beyond the limits.
        """
        self._archive = archive
        self._limits = limits
        with damage_named("workbook"):
            self.sheets = self._read_sheets()
            self.epoch = self._read_epoch()
            self.date_styles = self._read_date_styles()

    def sheet(self, name: str) -> Sheet:
        """Return a sheet by its name.

        Raises:
            FileKindError: If there is none of that name.
        """
        wanted = name.strip().casefold()
        for sheet in self.sheets:
            if sheet.name.strip().casefold() == wanted:
                return sheet
        message = f"The workbook has no sheet {name!r}."
        raise FileKindError(message, f"It has: {', '.join(sheet.name for sheet in self.sheets)}.")

    def _read_sheets(self) -> tuple[Sheet, ...]:
        with self._archive.read("xl/_rels/workbook.xml.rels") as xml:
            found = elements(xml, f"{_PACKAGE_RELATIONS}Relationship", self._limits)
            targets = {each.get("Id"): each.get("Target", "") for each in _few(found, _MOST_STYLES, "parts")}
        with self._archive.read(WORKBOOK) as xml:
            listed = _few(elements(xml, f"{NAMESPACE}sheet", self._limits), _MOST_SHEETS, "sheets")
            sheets = [
                Sheet(each.get("name", ""), _inside(targets[each.get(f"{_RELATIONS}id")]), each.get("state") in _HIDDEN)
                for each in listed
            ]
        return tuple(sheet for sheet in sheets if "chartsheets/" not in sheet.path and "macrosheets/" not in sheet.path)

    def _read_epoch(self) -> datetime:
        with self._archive.read(WORKBOOK) as xml:
            properties = next(elements(xml, f"{NAMESPACE}workbookPr", self._limits), None)
        is_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
        return MAC_EPOCH if is_1904 else WINDOWS_EPOCH

    def _read_date_styles(self) -> dict[str, str]:
        if _STYLES not in self._archive.names:
            return {}
        formats = {str(number): code for number, code in BUILTIN_FORMATS.items()}
        with self._archive.read(_STYLES) as xml:
            for each in _few(elements(xml, f"{NAMESPACE}numFmt", self._limits), _MOST_STYLES, "formats"):
                formats[each.get("numFmtId", "")] = each.get("formatCode", "")
        with self._archive.read(_STYLES) as xml:
            styles = next(elements(xml, f"{NAMESPACE}cellXfs", self._limits), ())
            codes = [formats.get(style.get("numFmtId", "0"), "General") for style in styles]
        return {str(number): shown for number, code in enumerate(codes) if (shown := _shown_by(code))}


def _shown_by(code: str) -> str:
    """Return what a number format shows: "" where it shows neither a date nor a duration."""
    if _ELAPSED.search(_QUOTED.sub("", code)) is not None:
        return DURATION
    return (is_datetime(code) or "") if is_date_format(code) else ""


def _few(found: Iterator[Element], most: int, what: str) -> Iterator[Element]:
    for count, each in enumerate(found):
        if count >= most:
            message = f"The workbook has more than {most:,} {what}."
            raise FileTooLargeError(message, "If it is genuine, save the sheet as CSV and import that.")
        yield each


def _inside(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
