"""Turns a row of a file into one line for PostgreSQL's COPY: a ticket, or a record with what is wrong with it.

A million rows come through here, so an ordinary row takes as little Python as possible: one list of fields, one JSON
text, one hash. Only unusual rows take the slower path.
"""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Final

import orjson

from analytics.vocabulary import SOLVED_STATUSES
from etl.importing.source_row import SourceRow
from etl.importing.transforms.cell_parsers import NULL, CellParser, cell_parser
from etl.importing.transforms.import_profile import ImportProfile
from etl.importing.transforms.instants import InstantReader, InstantRules
from etl.importing.transforms.reasons import FieldError, Reason, Rule
from etl.importing.transforms.staged_columns import POSITION, TICKET_COLUMNS
from etl.importing.transforms.ticket_fields import TICKET_FIELDS

EXTRA_CELLS: Final = "extra cells"
_KEY_SEPARATOR: Final = "|"
_CREATED, _RESOLVED, _STATUS = POSITION["created_at"], POSITION["resolved_at"], POSITION["status"]
_DATE_ONLY, _METADATA = POSITION["is_date_only"], POSITION["metadata"]
_NO_TICKET: Final = "\t" + "\t".join([NULL] * len(TICKET_COLUMNS)) + "\n"


class RowConverter:
    """Converts the rows of one file.

    Attributes:
        metadata_columns: Columns that belong to no field.
        missing_columns: Columns that the profile names but the file does not have.
    """

    def __init__(
        self, profile: ImportProfile, header: Sequence[str], rules: InstantRules, cell_characters: int
    ) -> None:
        """Prepare one parser for each column that belongs to a field.

        Args:
            profile: The mapping.
            header: Names of the columns, as in the file.
            rules: How dates are written, and the zones.
            cell_characters: A row with a longer cell is not accepted.
        """
        self._header = tuple(header)
        self._limit = cell_characters
        self._instants = InstantReader(rules)
        self._blanks = frozenset({"", *profile.blanks})
        places = {name.strip().casefold(): place for place, name in reversed(list(enumerate(header)))}
        found = {name: places.get(column.strip().casefold()) for name, column in profile.columns.items()}
        self._places = {name: place for name, place in found.items() if place is not None}
        self.missing_columns = tuple(column for name, column in profile.columns.items() if found[name] is None)
        self._key = [places[column.strip().casefold()] for column in profile.external_id]
        taken = {*self._places.values(), *self._key}
        self._rest = [(name, place) for place, name in enumerate(header) if place not in taken]
        self.metadata_columns = tuple(name for name, _ in self._rest)
        self._parsers = self._make_parsers(profile)
        self._blank_fields = self._constants(profile)

    def _make_parsers(self, profile: ImportProfile) -> list[tuple[int, int, CellParser]]:
        return [(POSITION[name], place, self._parser(profile, name)) for name, place in self._places.items()]

    def _parser(self, profile: ImportProfile, name: str) -> CellParser:
        return cell_parser(TICKET_FIELDS[name], profile.values.get(name, {}), self._blanks, self._instants)

    def _constants(self, profile: ImportProfile) -> list[str]:
        """Return the fields that every ticket starts with: constants and defaults.

        Raises:
            FieldError: If a constant breaks the rules of its field.
        """
        fields = [NULL] * len(TICKET_COLUMNS)
        for name in POSITION:
            if name in TICKET_FIELDS:
                fields[POSITION[name]] = self._parser(profile, name)(profile.constants.get(name, ""))
        fields[_DATE_ONLY] = "f"
        return fields

    def convert(self, row: SourceRow) -> str:
        """Return a row's line for COPY, with the line end."""
        cells = row.cells
        width = len(self._header)
        if len(cells) > width and not any(cells[width:]):
            cells = cells[:width]
        if row.problem or len(cells) != width:
            return self._rejected(row.line_number, cells, [Reason(Rule(row.problem or Rule.WRONG_CELL_COUNT))])
        try:
            return self._accepted(row.line_number, cells)
        except FieldError:
            return self._rejected(row.line_number, cells, self._reasons(cells))
        except orjson.JSONEncodeError:
            return self._rejected(row.line_number, cells, self._reasons(cells) or [Reason(Rule.BAD_ENCODING)])

    def accepts(self, row: SourceRow) -> bool:
        """Say whether a row breaks no rule."""
        if row.problem or len(row.cells) != len(self._header):
            return False
        try:
            self._accepted(row.line_number, row.cells)
        except (FieldError, orjson.JSONEncodeError):
            return False
        return True

    def _accepted(self, line_number: int, cells: list[str]) -> str:
        fields = self._blank_fields.copy()
        for position, place, parse in self._parsers:
            fields[position] = parse(cells[place])
        self._complete(fields, cells)
        blanks = self._blanks
        kept = {name: text for name, place in self._rest if (text := cells[place].strip()) not in blanks}
        fields[_METADATA] = orjson.dumps(kept).decode() if kept else "{}"
        payload = orjson.dumps(dict(zip(self._header, cells, strict=True)))
        ticket = "\t".join(fields)
        digest = blake2b(payload + ticket.encode(), digest_size=16).hexdigest()
        record = payload.decode()
        if max(map(len, cells)) > self._limit:
            raise FieldError(Rule.TOO_LONG)
        key = self._key_of(cells)
        if "\\" in record:
            # JSON escapes every tab, line end, NUL and backslash: without a backslash in it, nothing needs escaping.
            if "\\u0000" in record and any("\0" in cell for cell in cells):
                raise FieldError(Rule.NUL_CHARACTER)
            ticket = _escaped_fields(fields) if "\\u0002" in record else _escaped("\0".join(fields)).replace("\0", "\t")
            record = record.replace("\\", "\\\\")
            key = _escaped(key)
        return f"{line_number}\t{key or digest}\t{NULL}\t{record}\t{digest}\t{ticket}\n"

    def _key_of(self, cells: list[str]) -> str:
        """Return the record's key; "" when the file has none."""
        if not self._key:
            return ""
        parts = [cells[place].strip() for place in self._key]
        if not any(parts):
            raise FieldError(Rule.MISSING)
        key = _KEY_SEPARATOR.join(parts)
        if len(key) > TICKET_FIELDS["external_id"].limit:
            raise FieldError(Rule.TOO_LONG)
        return key

    def _complete(self, fields: list[str], cells: list[str]) -> None:
        """Compare the creation with the resolution, and set the fields that follow from them, such as the status."""
        created_text, resolved_text = fields[_CREATED], fields[_RESOLVED]
        if created_text is NULL:
            raise FieldError(Rule.MISSING)
        created = self._instants.read(cells[self._places["created_at"]].strip())
        if resolved_text is NULL:
            fields[_DATE_ONLY] = "t" if created.is_date else "f"
            if fields[_STATUS] is NULL:
                fields[_STATUS] = "open"
            return
        resolved = self._instants.read(cells[self._places["resolved_at"]].strip())
        if created.is_date or resolved.is_date:
            fields[_DATE_ONLY] = "t"
            created, resolved = self._instants.of_date(created.day), self._instants.of_date(resolved.day)
            fields[_CREATED], fields[_RESOLVED] = created.text, resolved.text
        if resolved.instant < created.instant:
            resolved = self._instants.later_reading(resolved)
            if resolved.instant < created.instant:
                raise FieldError(Rule.CLOSED_BEFORE_OPENED)
            fields[_RESOLVED] = resolved.text
        if fields[_STATUS] is NULL:
            fields[_STATUS] = "resolved"
        elif fields[_STATUS] not in SOLVED_STATUSES:
            fields[_RESOLVED] = NULL

    def _rejected(self, line_number: int, cells: list[str], reasons: list[Reason]) -> str:
        visible = [_visible(cell) for cell in cells]
        width = len(self._header)
        payload: dict[str, str | list[str]] = dict(zip(self._header, visible, strict=False))
        if len(visible) > width:
            payload[EXTRA_CELLS] = visible[width:]
        try:
            key = _escaped(self._key_of(visible)) or NULL
        except (FieldError, IndexError):
            key = NULL
        codes = _escaped(orjson.dumps([reason.as_json() for reason in reasons]).decode())
        record = _escaped(orjson.dumps(payload).decode())
        return f"{line_number}\t{key}\t{codes}\t{record}\t{NULL}{_NO_TICKET}"

    def _reasons(self, cells: list[str]) -> list[Reason]:
        """Return every rule that the cells of a row break."""
        found = [Reason(Rule.NUL_CHARACTER, name) for name, cell in self._named(cells) if "\0" in cell]
        found += [Reason(Rule.BAD_ENCODING, name) for name, cell in self._named(cells) if not _is_text(cell)]
        found += [Reason(Rule.TOO_LONG, name) for name, cell in self._named(cells) if len(cell) > self._limit]
        fields = self._blank_fields.copy()
        for position, place, parse in self._parsers:
            try:
                fields[position] = parse(cells[place])
            except FieldError as error:
                found.append(Reason(error.code, self._header[place]))
        try:
            self._key_of(cells)
        except FieldError as error:
            found.append(Reason(error.code, self._header[self._key[0]]))
        return list(dict.fromkeys(found)) or [self._disagreement(fields, cells)]

    def _disagreement(self, fields: list[str], cells: list[str]) -> Reason:
        """Return the rule that a row breaks although each of its cells is fine."""
        try:
            self._complete(fields, cells)
        except FieldError as error:
            name = "created_at" if error.code is Rule.MISSING else "resolved_at"
            return Reason(error.code, self._header[self._places[name]])
        return Reason(Rule.BAD_ENCODING)

    def _named(self, cells: list[str]) -> Iterator[tuple[str, str]]:
        return zip(self._header, cells, strict=True)


def _escaped(text: str) -> str:
    """Return a text as COPY wants it."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _escaped_fields(fields: list[str]) -> str:
    """Return the escaped fields of a ticket, also where data holds the character that null is made of."""
    return "\t".join([each if each is NULL else _escaped(each).replace("\x02", "\\x02") for each in fields])


def _is_text(cell: str) -> bool:
    try:
        cell.encode()
    except UnicodeEncodeError:
        return False
    return True


def _visible(cell: str) -> str:
    """Return a cell in a form that PostgreSQL can store: NUL as a symbol, invalid bytes as their number."""
    return cell.replace("\0", "␀").encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
