"""Every error has a status and a sentence, and none quotes what it should not."""

import pytest
import sqlalchemy as sa
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge

from analytics.errors import SupportAnalyticsError
from portal.auth.errors import BusyLoginError, ForeignOriginError, NotSignedInError
from portal.web.errors import DATABASE_DOWN, DISK_FULL, NOT_PREPARED, answer_for


class DriverError(Exception):
    """An error of the driver, with PostgreSQL's code where there is one."""

    def __init__(self, pgcode: str | None) -> None:
        """Hold the code."""
        super().__init__("Key (customer_email)=(thandi@example.co.za) already exists")
        self.pgcode = pgcode


def database_error(kind: type[sa.exc.DBAPIError], pgcode: str | None) -> sa.exc.DBAPIError:
    """Return an error as SQLAlchemy raises it."""
    return kind("SELECT 1", {}, DriverError(pgcode))


@pytest.mark.parametrize(
    ("kind", "pgcode", "status", "sentence"),
    [
        (sa.exc.OperationalError, None, 503, DATABASE_DOWN),
        (sa.exc.OperationalError, "57P01", 503, DATABASE_DOWN),
        (sa.exc.OperationalError, "08006", 503, DATABASE_DOWN),
        (sa.exc.OperationalError, "53300", 503, DATABASE_DOWN),
        (sa.exc.InterfaceError, None, 503, DATABASE_DOWN),
        (sa.exc.ProgrammingError, "42P01", 503, NOT_PREPARED),
        (sa.exc.DataError, "22023", 503, NOT_PREPARED),
        (sa.exc.OperationalError, "53100", 503, DISK_FULL),
        (sa.exc.OperationalError, "57014", 500, ""),
        (sa.exc.ProgrammingError, "42601", 500, ""),
        (sa.exc.IntegrityError, "23505", 500, ""),
    ],
)
def test_a_database_that_is_away_is_told_from_one_that_refuses(
    kind: type[sa.exc.DBAPIError], pgcode: str | None, status: int, sentence: str
) -> None:
    """Only the first kind goes away by waiting."""
    answer = answer_for(database_error(kind, pgcode))
    assert answer.status == status
    assert answer.is_temporary == (status == 503)
    assert sentence in answer.sentence
    assert "thandi" not in answer.sentence


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (sa.exc.TimeoutError(), 503),
        (NotSignedInError("Your log-in has ended."), 401),
        (ForeignOriginError("No."), 403),
        (BusyLoginError("Busy."), 503),
        (NotFound(), 404),
        (MethodNotAllowed(), 405),
        (RequestEntityTooLarge(), 413),
        (HTTPException(), 500),
        (SupportAnalyticsError("thandi@example.co.za"), 500),
        (ValueError("thandi@example.co.za"), 500),
    ],
)
def test_every_error_has_its_status_and_a_sentence(error: Exception, status: int) -> None:
    """One table, and a rest that quotes nothing."""
    answer = answer_for(error)
    assert answer.status == status
    assert answer.sentence.endswith(".")
    assert "thandi" not in answer.sentence
