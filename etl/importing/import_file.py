"""Imports one file, from opening it to the report; `ImportAnswers` asks what only a person can know."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Final, Protocol
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from analytics.notices import Notice
from etl.importing.desk_country import country_of_import, keep_country
from etl.importing.desk_zone import zone_notices
from etl.importing.file_columns import column_notices, header_notices, refuse_repeated, with_lists
from etl.importing.file_converter import converter_for, has_key, values_for
from etl.importing.history import PastImport
from etl.importing.kinds.guess import guess_kind
from etl.importing.kinds.registry import KINDS
from etl.importing.kinds.tickets import TICKETS
from etl.importing.load import LoadTask, load
from etl.importing.profile_file import limits_of, write_profile
from etl.importing.profile_questions import ProfileSettler
from etl.importing.report import ImportReport
from etl.importing.same_file import SameFileCheck
from etl.importing.source_row import SourceRow
from etl.importing.sources.errors import FileUnreadableError
from etl.importing.sources.file_input import is_pipe
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.source_table import Judge, SourceTable
from etl.importing.sources.table_file import FileLayout, open_table
from etl.importing.transforms.agent_names import AgentNames
from etl.importing.transforms.column_places import column_places, folded
from etl.importing.transforms.import_profile import ImportProfile, ProfileError
from etl.importing.transforms.profile_guess import guess_profile
from etl.importing.transforms.questions import COUNTRY, Answers, Question
from etl.importing.transforms.wall_time import DateOrder
from storage.given_file import shown
from warehouse.tables.desk import agents

_SAMPLE_ROWS: Final = 2_000


class ImportAnswers(Protocol):
    """Answers the questions of an import and shows its progress.

    An implementation asks a person, or raises an error that names the option to pass on the command line.
    """

    def ask(self, questions: Sequence[Question]) -> dict[str, str]:
        """Return the answers to some of the questions, at least one: name of the question -> answer."""

    def ask_if_possible(self, question: Question) -> str | None:
        """Return the answer to a question that the import can do without; None where nobody can be asked."""

    def confirm(self, profile: ImportProfile, table: SourceTable, sample: Sequence[SourceRow]) -> None:
        """Show a guessed mapping; raise an error unless a person accepts it."""

    def same_file(self, earlier: PastImport, remedy: str) -> None:
        """Say that this very file was imported before; raise an error unless a person wants it again.

        The remedy says how to import it as before.
        """

    def started(self, table: SourceTable) -> None:
        """Begin to show progress."""

    def on_rows(self, count: int) -> None:
        """Show that this many more rows were read; called from another thread."""

    def on_step(self, step: str) -> None:
        """Show which step is running after all rows were read."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What a person asked for.

    Attributes:
        path: The file.
        profile: The mapping; None means guess it.
        kind: What the rows are, where the mapping is guessed.
        source: Name under which the records are kept; "" means the profile's source, else the file's name.
        time_zone: Zone of times without an offset; "" means the profile's zone, else ask.
        date_order: What 03/04/2025 means; None means the profile's order, else find out from the file, else ask.
        answers: Answers given in advance: name of the question -> answer.
        layout: Encoding, delimiter and sheet.
        is_again: Whether a file that was imported before under another source is to come in a second time.
        is_dry_run: Whether to do everything and then roll it back.
        save_profile: File to which the mapping and its answers are written, "-" for standard output; None writes none.
        name: What the file is called, if not by its path: a pipe has no name.
    """

    path: Path
    profile: ImportProfile | None
    kind: str = TICKETS.slug
    source: str = ""
    time_zone: str = ""
    date_order: DateOrder | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    layout: FileLayout = field(default_factory=FileLayout)
    is_again: bool = False
    is_dry_run: bool = False
    save_profile: Path | None = None
    name: str = ""

    @property
    def file_name(self) -> str:
        """Name of the file, without directories, safe to print and to store."""
        return shown(Path(Path(self.name).name or self.path))


def import_tickets(
    engine: sa.Engine, request: ImportRequest, reporting_zone: ZoneInfo, answers: ImportAnswers
) -> ImportReport:
    """Import one file.

    Args:
        engine: Database, in the role `etl_writer`.
        request: What a person asked for.
        reporting_zone: A date without a time is stored as midnight in this zone.
        answers: Asks what only a person can know.

    Raises:
        SupportAnalyticsError: If the file, the profile or an answer cannot be used; then nothing has been imported.
    """
    limits = limits_of(request.profile) if request.profile else ImportLimits()
    _refuse_nameless(request)
    with open_table(request.path, _layout(request), limits, _judge(request), request.file_name) as table:
        sample = list(islice(table.rows, _SAMPLE_ROWS))
        profile, notices = _profile(request, table, sample, answers)
        profile = with_lists(profile, table.header)
        refuse_repeated(profile, table.header)
        converter = converter_for(
            profile, table.header.names, reporting_zone, limits, _agents(engine, profile, table, sample)
        )
        kind = KINDS[profile.kind]
        asked = None if request.is_again else answers.same_file
        same_file = SameFileCheck(kind.slug, profile.source, profile.external_id, reporting_zone, asked)
        same_file.before(engine, request.path)
        country = country_of_import(engine, profile, request.answers, reporting_zone.key, answers)
        answers.started(table)
        task = LoadTask(
            kind=kind,
            source=profile.source,
            file_name=request.file_name,
            profile={**profile.as_json(), "header": list(table.header.names)},
            rows=_joined(sample, table.rows),
            convert=converter.convert,
            columns=converter.columns,
            values=values_for(profile, converter, reporting_zone),
            has_key=has_key(profile),
            file_sha256=lambda: table.file.sha256,
            same_file=same_file,
            file_size=table.file.size,
            on_rows=answers.on_rows,
            on_step=answers.on_step,
            is_dry_run=request.is_dry_run,
            notices=(
                *header_notices(table.header, converter),
                *notices,
                *column_notices(converter, profile),
                *country.notices,
                *zone_notices(engine, profile, reporting_zone),
            ),
            late_notices=lambda: (*table.late_notices(), *converter.notices()),
        )
        report = load(engine, task)
    if not report.is_dry_run:
        keep_country(engine, country)
    return report


def _layout(request: ImportRequest) -> FileLayout:
    given, profile = request.layout, request.profile
    return FileLayout(
        encoding=given.encoding or (profile.encoding if profile else "") or None,
        delimiter=given.delimiter or (profile.delimiter if profile else "") or None,
        sheet=given.sheet or (profile.sheet if profile else ""),
    )


def _refuse_nameless(request: ImportRequest) -> None:
    """Refuse a pipe without a name to keep its records under.

    Raises:
        FileUnreadableError: If the data comes through a pipe, and the request names neither file, source nor profile.
    """
    if is_pipe(request.path) and not request.name and not request.source and request.profile is None:
        message = "The data comes through a pipe, which has no name to keep its records under."
        raise FileUnreadableError(
            message, "Pass one with --source, for example --source desk, or the file's with --name tickets.csv."
        )


def _judge(request: ImportRequest) -> Judge:
    """Return what says how much a sheet of a workbook, or a list in JSON, looks like what is wanted."""
    profile = request.profile

    def judge(names: tuple[str, ...], sample: Sequence[Sequence[str]]) -> int:
        if profile is not None:
            wanted = {folded(column) for column in (*profile.external_id, *profile.columns.values())}
            return len(wanted & column_places(names).keys())
        try:
            is_of_tickets = request.kind == TICKETS.slug
            guess = (
                guess_profile(names, sample, "guess")
                if is_of_tickets
                else guess_kind(request.kind, names, sample, "guess")
            )
            return len(guess.profile.columns) if guess.profile is not None else len(guess.questions) * is_of_tickets
        except ProfileError:
            return 0

    return judge


def _profile(
    request: ImportRequest, table: SourceTable, sample: list[SourceRow], answers: ImportAnswers
) -> tuple[ImportProfile, tuple[Notice, ...]]:
    """Return the profile with every question answered, and what a person should know about it."""
    given = {name: answer for name, answer in request.answers.items() if name != COUNTRY}
    if request.time_zone:
        given["time-zone"] = request.time_zone
    if request.date_order:
        given["date-order"] = request.date_order
    settler = ProfileSettler(table, sample, Answers(given), answers, request.kind)
    profile = settler.settle(request.profile, request.file_name.partition(".")[0])
    profile = profile.with_answers(source=request.source)
    if request.profile is None:
        answers.confirm(profile, table, sample)
    if request.save_profile is not None:
        write_profile(profile, request.save_profile)
    return profile, settler.notices


def _agents(engine: sa.Engine, profile: ImportProfile, table: SourceTable, sample: Sequence[SourceRow]) -> AgentNames:
    """Return the agents whose names the file's agents are compared with: those of the desk and of the first rows."""
    field = "assigned_agent" if "assigned_agent" in profile.columns else "agent_name"
    place = column_places(table.header.names).get(folded(profile.columns.get(field, "")))
    if place is None:
        return AgentNames()
    with engine.connect() as connection:
        known = connection.execute(sa.select(agents.c.agent_name).order_by(agents.c.agent_name)).scalars().all()
    cells = (row.cells[place] for row in sample if place < len(row.cells))
    return AgentNames(known, cells, profile.separators.get(field, ""))


def _joined(sample: list[SourceRow], rest: Iterator[SourceRow]) -> Iterator[SourceRow]:
    return chain(sample, rest)
