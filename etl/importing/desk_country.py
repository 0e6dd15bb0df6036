"""Whose public holidays the desk follows, found or asked with the first file of tickets."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa

from analytics.forecasting.calendar import supported_countries
from analytics.notices import Notice
from etl.importing.kinds.fields import TICKETS
from etl.importing.transforms.import_profile import ImportProfile
from etl.importing.transforms.questions import COUNTRY, NOT_USED, AnswerError, Question, about_country
from etl.marts.calendars import calendar_named
from etl.marts.country import CountriesSource, chosen_countries, countries_of_zone
from etl.marts.holidays import choose_countries, followed_countries


class Asked(Protocol):
    """Whoever may answer a question that an import can do without."""

    def ask_if_possible(self, question: Question) -> str | None:
        """Return the answer; None where nobody can be asked."""


@dataclass(frozen=True, slots=True)
class DeskCountry:
    """What an import found out.

    Attributes:
        countries: The codes to follow from now on; empty for no holidays; None changes nothing.
        source: What they follow from.
        notices: What a person should know about it.
    """

    countries: tuple[str, ...] | None = None
    source: CountriesSource = CountriesSource.IMPORT
    notices: tuple[Notice, ...] = ()


def country_of_import(
    engine: sa.Engine, profile: ImportProfile, given: Mapping[str, str], reporting_zone: str, asked: Asked
) -> DeskCountry:
    """Return whose public holidays the desk follows from now on; nothing where that is known already.

    An answer given in advance is the desk's own choice. Else a zone that one country has says it, and of a zone of
    several, or of times with offsets only, a person is asked. Where nobody can be asked it stays not known.

    Args:
        engine: Database.
        profile: The settled mapping.
        given: Answers given in advance.
        reporting_zone: The reporting time zone.
        asked: Whoever may answer.

    Raises:
        AnswerError: If an answer is no country whose holidays are known.
    """
    if profile.kind != TICKETS:
        return DeskCountry()
    if answer := given.get(COUNTRY, ""):
        return DeskCountry(_codes(answer), CountriesSource.DESK)
    with engine.connect() as connection:
        is_known = followed_countries(connection) is not None or chosen_countries(reporting_zone) is not None
    if is_known:
        return DeskCountry()
    found = countries_of_zone(profile.time_zone) if profile.time_zone else ()
    if len(found) == 1:
        facts = {"country": found[0], "zone": profile.time_zone}
        return DeskCountry(found, notices=(Notice("country_found", facts),))
    answer = asked.ask_if_possible(about_country(profile.time_zone, found)) or ""
    if not answer:
        return DeskCountry(notices=(Notice("country_not_known"),))
    return DeskCountry(_codes(answer), CountriesSource.DESK)


def keep_country(engine: sa.Engine, found: DeskCountry) -> None:
    """Let the desk's own calendar follow what an import found out."""
    if found.countries is None:
        return
    with engine.begin() as connection:
        if followed_countries(connection) != found.countries:
            choose_countries(connection, calendar_named(connection, None).id, found.countries, found.source)


def _codes(answer: str) -> tuple[str, ...]:
    code = answer.strip().upper()
    if code == NOT_USED.upper():
        return ()
    if code not in supported_countries():
        message = f"{answer!r} is no country whose public holidays are known."
        raise AnswerError(message, "Give two letters such as ZA, BW or US, or none for no public holidays.")
    return (code,)
