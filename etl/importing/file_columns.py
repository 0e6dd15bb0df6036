"""What a file's columns are used as: which hold lists, which share a name, and what a person should know of them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from analytics.notices import Notice
from etl.importing.file_converter import has_key
from etl.importing.kinds.converter import KindConverter
from etl.importing.kinds.fields import FIELDS_OF
from etl.importing.sources.errors import HeaderError
from etl.importing.sources.json_cells import LIST_SEPARATOR
from etl.importing.sources.source_table import Header
from etl.importing.transforms.column_places import folded, shared_name
from etl.importing.transforms.import_profile import ImportProfile
from etl.importing.transforms.row_converter import RowConverter
from etl.importing.vocabulary.ticket_fields import FieldKind

_OF_SEVERAL: Final = frozenset({FieldKind.TAGS, FieldKind.AGENT, FieldKind.NAME})
"""Fields of which a cell may hold a list."""


def with_lists(profile: ImportProfile, header: Header) -> ImportProfile:
    """Return the profile with the mark between the items of lists, where the file itself says what is a list."""
    fields = FIELDS_OF[profile.kind].fields
    lists = {folded(name) for name in header.lists}
    marks = {
        name: LIST_SEPARATOR
        for name, column in profile.columns.items()
        if fields[name].kind in _OF_SEVERAL and folded(column) in lists
    }
    return replace(profile, separators={**profile.separators, **marks}) if marks else profile


def refuse_repeated(profile: ImportProfile, header: Header) -> None:
    """Refuse a file in which a used column name appears twice: it is unknown which of the columns is meant.

    Raises:
        HeaderError: If there is such a name.
    """
    fields = FIELDS_OF[profile.kind].fields
    single = (column for name, column in profile.columns.items() if fields[name].kind is not FieldKind.TAGS)
    used = {column.strip() for column in (*profile.external_id, *single)}
    if repeated := sorted(used & header.repeated):
        message = f"The import uses column names that the file has more than once: {', '.join(repeated)}."
        raise HeaderError(message, f"Name one of each in the profile, such as {repeated[0]} (1) or {repeated[0]} (2).")


def header_notices(header: Header, converter: RowConverter | KindConverter) -> Iterator[Notice]:
    """Yield what was odd about the names; of columns that are one list together it is said that they are."""
    joined = {name for names in converter.joined_columns.values() for name in names}
    yield from (each for each in header.notices if each.slug != "column_repeated" or each.facts["given"] not in joined)
    for name, names in converter.joined_columns.items():
        facts: dict[str, int | str] = {"column": shared_name(names[0]), "column_count": len(names) + 1, "field": name}
        yield Notice("columns_joined", facts)


def column_notices(converter: RowConverter | KindConverter, profile: ImportProfile) -> Iterator[Notice]:
    """Yield which columns are missing, kept aside or not used, and that the file has no key."""
    if converter.missing_columns:
        yield Notice("columns_missing", {"columns": ", ".join(converter.missing_columns)})
    if converter.metadata_columns:
        yield Notice("columns_kept", {"columns": ", ".join(converter.metadata_columns)})
    if converter.unused_columns:
        yield Notice("columns_unused", {"columns": ", ".join(converter.unused_columns)})
    if not has_key(profile):
        yield Notice("no_key")
