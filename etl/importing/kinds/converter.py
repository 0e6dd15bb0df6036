"""Turns a row of a file of any kind but tickets into one line for PostgreSQL's COPY."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from types import MappingProxyType
from typing import Final

import orjson

from analytics.notices import Notice
from etl.importing.kinds.fields import FIELDS_OF
from etl.importing.source_row import SourceRow
from etl.importing.transforms.agent_names import AgentNames
from etl.importing.transforms.asides import Asides
from etl.importing.transforms.cell_parsers import cell_parser
from etl.importing.transforms.cell_rules import NULL, CellParser, CellRules
from etl.importing.transforms.column_places import column_places, folded
from etl.importing.transforms.copy_text import escaped, escaped_fields, is_text, visible
from etl.importing.transforms.import_profile import ImportProfile
from etl.importing.transforms.instants import InstantReader, InstantRules
from etl.importing.transforms.ratings import SCALES
from etl.importing.transforms.reasons import FieldError, Reason, Rule
from etl.importing.transforms.row_converter import EXTRA_CELLS
from etl.importing.transforms.staged_columns import RECORD_COLUMNS
from etl.importing.transforms.words import known_words
from etl.importing.vocabulary.ticket_fields import OFFERED, TICKET_FIELDS

_KEY_SEPARATOR: Final = "|"
_MOST_KEY_CHARACTERS: Final = 200


class KindConverter:
    """Converts the rows of one file.

    Attributes:
        columns: Columns of the staging table that a line fills, in their order.
        metadata_columns: Always empty: there is no metadata.
        unused_columns: Columns that belong to no field; they are kept in the record only.
        joined_columns: Always empty: no field is a list.
        missing_columns: Columns that the profile names but the file does not have.
        header: Names of the columns, as in the file.
        given: Columns of the database for which the file has a column or the profile a constant.
    """

    metadata_columns: tuple[str, ...] = ()
    joined_columns: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def __init__(
        self,
        profile: ImportProfile,
        header: Sequence[str],
        rules: InstantRules,
        cell_characters: int,
        agents: AgentNames | None = None,
    ) -> None:
        """Prepare one parser for each field.

        Args:
            profile: The mapping.
            header: Names of the columns, as in the file.
            rules: How dates are written, and the zones.
            cell_characters: A row with a longer cell is not accepted.
            agents: The agents that are known.

        Raises:
            FieldError: If a constant breaks the rules of its field.
        """
        self._spec = FIELDS_OF[profile.kind]
        self.header = tuple(header)
        self._limit = cell_characters
        self._blanks = frozenset({"", *profile.blanks})
        places = column_places(header)
        found = {name: places.get(folded(column)) for name, column in profile.columns.items()}
        found |= {name: found[other] for name, other in self._spec.copied if other in found and name not in found}
        self.missing_columns = tuple(column for name, column in profile.columns.items() if found[name] is None)
        self._key = [places[folded(column)] for column in profile.external_id]
        used = {*found.values(), *self._key}
        self.unused_columns = tuple(name for place, name in enumerate(header) if place not in used)
        names = [name for name in self._spec.fields if name != "external_id"]
        filled = {name for name in names if found.get(name) is not None} | profile.constants.keys()
        self.given = tuple(sorted(self._spec.fields[name].staged_as for name in filled))
        self.columns = (
            *(name for name, _ in RECORD_COLUMNS),
            *(self._spec.fields[name].staged_as for name in names),
        )
        self._agents = agents or AgentNames()
        self._asides = Asides(self._spec.fields)
        self._strict = self._spec.strict
        self._no_fields = "\t" + "\t".join([NULL] * len(names)) + "\n"
        self._needed = [(names.index(name), name) for name in (*self._spec.needed, *self._spec.filled)]
        self._implied = [(names.index(name), names.index(by), value) for name, by, value in self._spec.implied]
        self._own_key = names.index(self._spec.key) if self._spec.key else None
        instants = InstantReader(rules)
        self._profile, self._instants = profile, instants
        self._scaled = self._spec.scaled[0] if self._spec.scaled else ""
        parsers = [self._parser(profile, name, instants) for name in names]
        constants = zip(names, parsers, strict=True)
        self._blank_fields = [parse(profile.constants.get(name, "")) for name, parse in constants]
        self._any_of = [names.index(name) for name in self._spec.any_of]
        self._undated = [(names.index(name), names.index(day), slug) for name, day, slug in self._spec.dated]
        self._of_scale: dict[str, CellParser] = {}
        self._scale_place = found.get(self._spec.scaled[1]) if self._spec.scaled else None
        self._parsers = [
            (position, place, name, parsers[position])
            for position, name in enumerate(names)
            if (place := found.get(name)) is not None
        ]

    def _parser(self, profile: ImportProfile, name: str, instants: InstantReader, scale: str = "") -> CellParser:
        if name in self._spec.timed:
            return self._unless_blank(lambda text: _timed(instants, text))
        if name in self._spec.days:
            return self._unless_blank(lambda text: instants.read(text).day.isoformat())
        words = self._spec.words.get(name, {}) if name != self._scaled else _rating_words()
        rules = CellRules(
            values={**words, **profile.values.get(name, {})},
            blanks=self._blanks,
            separator=profile.separators.get(name, ""),
            unit=profile.units.get(name, "minutes"),
            scale=scale or profile.rating_scale,
            agents=self._agents,
        )
        return cell_parser(self._spec.fields[name], rules, instants)

    def _unless_blank(self, parse: CellParser) -> CellParser:
        def parsed(cell: str) -> str:
            text = cell.strip()
            return NULL if text in self._blanks else parse(text)

        return parsed

    def convert(self, row: SourceRow) -> str:
        """Return a row's line for COPY, with the line end."""
        cells, width = row.cells, len(self.header)
        if len(cells) > width and not any(cells[width:]):
            cells = cells[:width]
        if row.problem or len(cells) != width:
            return self._rejected(row.line_number, cells, [Reason(Rule(row.problem or Rule.WRONG_CELL_COUNT))])
        if reasons := self._damage(cells):
            return self._rejected(row.line_number, cells, reasons)
        fields, reasons, aside = self._fields(cells)
        if reasons:
            return self._rejected(row.line_number, cells, reasons)
        for place, name, rule in aside:
            self._asides.cell(row.line_number, self.header[place], name, rule, cells[place])
        for position, day, slug in self._undated:
            if fields[position] is not NULL and fields[day] is NULL:
                self._asides.date(row.line_number, slug)
        return self._accepted(row.line_number, cells, fields)

    def accepts(self, row: SourceRow) -> bool:
        """Say whether a row breaks no rule."""
        if row.problem or len(row.cells) != len(self.header) or self._damage(row.cells):
            return False
        return not self._fields(row.cells)[1]

    def _damage(self, cells: Sequence[str]) -> list[Reason]:
        named = list(zip(self.header, cells, strict=True))
        return [
            *(Reason(Rule.NUL_CHARACTER, name) for name, cell in named if "\0" in cell),
            *(Reason(Rule.BAD_ENCODING, name) for name, cell in named if not is_text(cell)),
            *(Reason(Rule.TOO_LONG, name) for name, cell in named if len(cell) > self._limit),
        ]

    def _fields(self, cells: Sequence[str]) -> tuple[list[str], list[Reason], list[tuple[int, str, Rule]]]:
        """Return the fields of a row, the rules that keep it out, and the cells that are kept aside.

        A cell that cannot be read keeps its row out only if the record means nothing, or something else, without it.
        """
        fields, reasons, aside = self._blank_fields.copy(), [], []
        for position, place, name, parse in self._parsers:
            try:
                fields[position] = (self._on_scale(cells) or parse if name == self._scaled else parse)(cells[place])
            except FieldError as error:
                if name in self._strict:
                    reasons.append(Reason(error.code, self.header[place]))
                    continue
                aside.append((place, name, error.code))
                if error.usable is not None:
                    fields[position] = error.usable
        for position, by, value in self._implied:
            if fields[position] is NULL and fields[by] is not NULL:
                fields[position] = value
        if not reasons:
            columns = {position: self.header[place] for position, place, _, _ in self._parsers}
            reasons += [Reason(Rule.MISSING, columns.get(at, name)) for at, name in self._needed if fields[at] is NULL]
        if not reasons and self._any_of and all(fields[at] is NULL for at in self._any_of):
            reasons.append(Reason(Rule.MISSING))
        if self._key and not self._key_of(cells):
            reasons.append(Reason(Rule.MISSING, self.header[self._key[0]]))
        return fields, reasons, aside

    def notices(self) -> Iterator[Notice]:
        """Yield what came in otherwise than the file says; to be asked for after the last row."""
        yield from self._asides.notices()

    def _on_scale(self, cells: Sequence[str]) -> CellParser | None:
        """Return what reads a rating on the scale that its row names; None where it names none.

        Raises:
            FieldError: If the row names a scale that nobody knows.
        """
        scale = "" if self._scale_place is None else cells[self._scale_place].strip()
        if scale in self._blanks:
            return None
        if scale not in SCALES:
            raise FieldError(Rule.UNKNOWN_VALUE)
        if scale not in self._of_scale:
            self._of_scale[scale] = self._parser(self._profile, self._scaled, self._instants, scale)
        return self._of_scale[scale]

    def _key_of(self, cells: Sequence[str]) -> str:
        """Return the key that the file gives; "" when it gives none, or one that is too long."""
        parts = [cells[place].strip() for place in self._key]
        key = _KEY_SEPARATOR.join(parts) if any(parts) else ""
        return key if len(key) <= _MOST_KEY_CHARACTERS else ""

    def _accepted(self, line_number: int, cells: list[str], fields: list[str]) -> str:
        payload = orjson.dumps(dict(zip(self.header, cells, strict=True)))
        digest = blake2b(payload + "\t".join(fields).encode(), digest_size=16).hexdigest()
        own_key = "" if self._own_key is None else fields[self._own_key]
        key = escaped(self._key_of(cells) or own_key) or digest
        return f"{line_number}\t{key}\t{NULL}\t{escaped(payload.decode())}\t{digest}\t{escaped_fields(fields)}\n"

    def _rejected(self, line_number: int, cells: list[str], reasons: list[Reason]) -> str:
        shown = [visible(cell) for cell in cells]
        width = len(self.header)
        payload: dict[str, str | list[str]] = dict(zip(self.header, shown, strict=False))
        if len(shown) > width:
            payload[EXTRA_CELLS] = shown[width:]
        key = escaped(self._key_of(shown)) if len(shown) >= width else ""
        codes = escaped(orjson.dumps([reason.as_json() for reason in reasons]).decode())
        return (
            f"{line_number}\t{key or NULL}\t{codes}\t{escaped(orjson.dumps(payload).decode())}\t{NULL}{self._no_fields}"
        )


def _timed(instants: InstantReader, text: str) -> str:
    moment = instants.read(text)
    if moment.is_date:
        raise FieldError(Rule.NO_TIME)
    return moment.text


def _rating_words() -> dict[str, str]:
    """Return words for ratings; a survey that was only offered has none."""
    known = known_words(TICKET_FIELDS["customer_satisfaction_score"])
    return {word: "" if value == OFFERED else value for word, value in known.items()}
