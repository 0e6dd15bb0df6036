"""Turns a row of a file into one line for PostgreSQL's COPY: a ticket, or a record with what is wrong with it.

A million rows come through here, so an ordinary row takes as little Python as possible: one list of fields, one JSON
text, one hash. Only unusual rows take the slower path.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Final

import orjson

from analytics.notices import Notice
from etl.importing.source_row import SourceRow
from etl.importing.transforms.agent_names import AgentNames
from etl.importing.transforms.asides import Asides
from etl.importing.transforms.cell_parsers import cell_parser
from etl.importing.transforms.cell_rules import NULL, CellParser, CellRules, blank_check
from etl.importing.transforms.column_places import column_places, folded
from etl.importing.transforms.copy_text import escaped, escaped_fields, is_text, visible
from etl.importing.transforms.import_profile import ImportProfile
from etl.importing.transforms.instants import InstantReader, InstantRules
from etl.importing.transforms.joined_lists import JoinedLists
from etl.importing.transforms.joined_times import JoinedTimes
from etl.importing.transforms.reasons import FieldError, Reason, Rule
from etl.importing.transforms.ticket_dates import TicketDates
from etl.importing.transforms.ticket_slots import TicketSlots
from etl.importing.vocabulary.ticket_fields import OFFERED, TICKET_FIELDS, FieldKind

EXTRA_CELLS: Final = "extra cells"
_KEY_SEPARATOR: Final = "|"
_GROUPED: Final = re.compile(r"\d{1,3}(?:\s\d{3})+$")


class RowConverter:
    """Converts the rows of one file.

    Attributes:
        columns: Columns of the staging table that a line fills, in their order.
        metadata_columns: Columns that belong to no field.
        unused_columns: Always empty: what belongs to no field is metadata.
        joined_columns: Field -> columns of one name that are its list together, the first of them left out.
        missing_columns: Columns that the profile names but the file does not have.
        header: Names of the columns, as in the file.
        given: Columns of the database for which the file has a column or the profile a constant.
    """

    unused_columns: tuple[str, ...] = ()

    def __init__(
        self,
        profile: ImportProfile,
        header: Sequence[str],
        rules: InstantRules,
        cell_characters: int,
        agents: AgentNames | None = None,
    ) -> None:
        """Prepare one parser for each column that belongs to a field.

        Args:
            profile: The mapping.
            header: Names of the columns, as in the file.
            rules: How dates are written, and the zones.
            cell_characters: A row with a longer cell is not accepted.
            agents: The agents that are known.
        """
        self.header = tuple(header)
        self._limit = cell_characters
        self._instants = InstantReader(rules)
        self._blanks = frozenset({"", *profile.blanks})
        self._agents = agents or AgentNames()
        self._asides = Asides()
        places = column_places(header)
        found = {name: places.get(folded(column)) for name, column in profile.columns.items()}
        self._places = {name: place for name, place in found.items() if place is not None}
        self.missing_columns = tuple(column for name, column in profile.columns.items() if found[name] is None)
        self.given = self._given(profile)
        self._key = [places[folded(column)] for column in profile.external_id]
        self._times = JoinedTimes(profile.times, self._places, places)
        lists = {name: place for name, place in self._places.items() if TICKET_FIELDS[name].kind is FieldKind.TAGS}
        self._lists = JoinedLists(lists, self.header, profile.separators)
        self.joined_columns = {
            name: tuple(header[place] for place in joined) for name, joined in self._lists.joined_places.items()
        }
        taken = {*self._places.values(), *self._key, *self._times.places, *self._lists.places}
        self._rest = [(name, place) for place, name in enumerate(header) if place not in taken]
        self.metadata_columns = tuple(name for name, _ in self._rest)
        self._slots = TicketSlots(self._places.keys() | profile.constants.keys())
        self.columns = self._slots.columns
        self._parsers = self._make_parsers(profile)
        self._read_created = self._parser(profile, "created_at")
        self._no_ticket = "\t" + "\t".join([NULL] * self._slots.sent) + "\n"
        self._blank_fields = self._constants(profile)
        offers = OFFERED in profile.values.get("customer_satisfaction_score", {}).values()
        self._dates = TicketDates(
            self._slots.places,
            self._places,
            self._instants,
            implies_offers=offers,
            excluding_tags=profile.values.get("tags"),
            is_no_status=blank_check(TICKET_FIELDS["status"], self._rules(profile, "status")),
        )

    def _given(self, profile: ImportProfile) -> tuple[str, ...]:
        names = self._places.keys() | profile.constants.keys()
        found = {TICKET_FIELDS[name].staged_as or name for name in names}
        if "first_reply_time" in names:
            found.add("first_replied_at")
        if "tags" in names and profile.values.get("tags"):
            found.add("exclusion")
        return tuple(sorted(found))

    def _make_parsers(self, profile: ImportProfile) -> list[tuple[int, int, CellParser]]:
        return [(self._slots.place(name), place, self._parser(profile, name)) for name, place in self._places.items()]

    def _parser(self, profile: ImportProfile, name: str) -> CellParser:
        return cell_parser(TICKET_FIELDS[name], self._rules(profile, name), self._instants)

    def _rules(self, profile: ImportProfile, name: str) -> CellRules:
        return CellRules(
            values=profile.values.get(name, {}),
            blanks=self._blanks,
            separator=profile.separators.get(name, ""),
            unit=profile.units.get(name, ""),
            scale=profile.rating_scale,
            agents=self._agents,
        )

    def _constants(self, profile: ImportProfile) -> list[str]:
        """Return the fields that every ticket starts with: constants and defaults.

        Raises:
            FieldError: If a constant breaks the rules of its field.
        """
        fields = self._slots.blank()
        for name, value in profile.constants.items():
            fields[self._slots.place(name)] = self._parser(profile, name)(value)
        return fields

    def notices(self) -> Iterator[Notice]:
        """Yield what came in otherwise than the file says; to be asked for after the last row."""
        yield from self._asides.notices()

    def convert(self, row: SourceRow) -> str:
        """Return a row's line for COPY, with the line end."""
        cells = row.cells
        width = len(self.header)
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
        if row.problem or len(row.cells) != len(self.header):
            return False
        try:
            self._accepted(row.line_number, row.cells)
        except (FieldError, orjson.JSONEncodeError):
            return False
        return True

    def _accepted(self, line_number: int, cells: list[str]) -> str:
        read = self._joined(cells)
        fields = self._blank_fields.copy()
        aside: dict[str, Rule] = {}
        try:
            for position, place, parse in self._parsers:
                fields[position] = parse(read[place])
        except FieldError:
            fields = self._tolerant(read, aside)
        moved: list[str] = []
        self._dates.settle(fields, read, aside, moved)
        texts = {self.header[self._places[name]]: read[self._places[name]].strip() for name in aside}
        line = self._line(line_number, cells, fields, texts)
        if aside or moved:
            self._remember(line_number, cells, aside, moved)
        return line

    def _joined(self, cells: list[str]) -> list[str]:
        read = self._times.joined(cells) if self._times else cells
        return self._lists.joined(read) if self._lists else read

    def _tolerant(self, read: Sequence[str], aside: dict[str, Rule]) -> list[str]:
        """Return the fields of a row of which some cells cannot be read; only the creation has to be.

        Raises:
            FieldError: If the creation cannot be read.
        """
        fields = self._blank_fields.copy()
        for (position, place, parse), name in zip(self._parsers, self._places, strict=True):
            try:
                fields[position] = parse(read[place])
            except FieldError as error:
                if name == "created_at":
                    raise
                aside[name] = error.code
                if error.usable is not None:
                    fields[position] = error.usable
        return fields

    def _remember(self, line_number: int, cells: Sequence[str], aside: dict[str, Rule], moved: Sequence[str]) -> None:
        for name, rule in aside.items():
            place = self._places[name]
            self._asides.cell(line_number, self.header[place], name, rule, cells[place])
        for slug in moved:
            self._asides.date(line_number, slug)

    def _line(self, line_number: int, cells: list[str], fields: list[str], aside: Mapping[str, str]) -> str:
        blanks = self._blanks
        kept = {name: text for name, place in self._rest if (text := cells[place].strip()) not in blanks}
        if aside:
            kept |= aside
        fields[self._slots.metadata] = orjson.dumps(kept).decode() if kept else "{}"
        payload = orjson.dumps(dict(zip(self.header, cells, strict=True)))
        sent = fields[: self._slots.sent]
        ticket = "\t".join(sent)
        digest = blake2b(payload + ticket.encode(), digest_size=16).hexdigest()
        record = payload.decode()
        if max(map(len, cells)) > self._limit:
            raise FieldError(Rule.TOO_LONG)
        key = self._key_of(cells)
        if "\\" in record:
            # JSON escapes every tab, line end, NUL and backslash: without a backslash in it, nothing needs escaping.
            if "\\u0000" in record and any("\0" in cell for cell in cells):
                raise FieldError(Rule.NUL_CHARACTER)
            ticket = escaped_fields(sent) if "\\u0002" in record else escaped("\0".join(sent)).replace("\0", "\t")
            record = record.replace("\\", "\\\\")
            key = escaped(key)
        return f"{line_number}\t{key or digest}\t{NULL}\t{record}\t{digest}\t{ticket}\n"

    def _key_of(self, cells: list[str]) -> str:
        """Return the record's key; "" when the file has none."""
        if not self._key:
            return ""
        parts = [_ungrouped(cells[place].strip()) for place in self._key]
        if not any(parts):
            raise FieldError(Rule.MISSING)
        key = _KEY_SEPARATOR.join(parts)
        if len(key) > TICKET_FIELDS["external_id"].limit:
            raise FieldError(Rule.TOO_LONG)
        return key

    def _rejected(self, line_number: int, cells: list[str], reasons: list[Reason]) -> str:
        shown = [visible(cell) for cell in cells]
        width = len(self.header)
        payload: dict[str, str | list[str]] = dict(zip(self.header, shown, strict=False))
        if len(shown) > width:
            payload[EXTRA_CELLS] = shown[width:]
        try:
            key = escaped(self._key_of(shown)) or NULL
        except (FieldError, IndexError):
            key = NULL
        codes = escaped(orjson.dumps([reason.as_json() for reason in reasons]).decode())
        record = escaped(orjson.dumps(payload).decode())
        return f"{line_number}\t{key}\t{codes}\t{record}\t{NULL}{self._no_ticket}"

    def _reasons(self, cells: list[str]) -> list[Reason]:
        """Return every rule that the cells of a row break."""
        found = [Reason(Rule.NUL_CHARACTER, name) for name, cell in self._named(cells) if "\0" in cell]
        found += [Reason(Rule.BAD_ENCODING, name) for name, cell in self._named(cells) if not is_text(cell)]
        found += [Reason(Rule.TOO_LONG, name) for name, cell in self._named(cells) if len(cell) > self._limit]
        try:
            self._created_of(cells)
        except FieldError as error:
            found.append(Reason(error.code, self.header[self._places["created_at"]]))
        try:
            self._key_of(cells)
        except FieldError as error:
            found.append(Reason(error.code, self.header[self._key[0]]))
        return list(dict.fromkeys(found)) or [Reason(Rule.BAD_ENCODING)]

    def _created_of(self, cells: list[str]) -> None:
        """Read the creation alone.

        Raises:
            FieldError: If it cannot be read.
        """
        read = self._joined(cells)
        place = self._places["created_at"]
        fields = self._blank_fields.copy()
        fields[self._slots.place("created_at")] = self._read_created(read[place])
        self._dates.settle(fields, read, {}, [])

    def _named(self, cells: list[str]) -> Iterator[tuple[str, str]]:
        return zip(self.header, cells, strict=True)


def _ungrouped(key: str) -> str:
    """Return a number without the spaces between its groups of three digits: `5 732 943` is 5732943."""
    return "".join(key.split()) if key[:1].isdecimal() and _GROUPED.match(key) else key
