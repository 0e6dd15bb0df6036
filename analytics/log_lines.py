"""The logs of every process: JSON for programs, text for a person at a terminal. One event is one line.

Times are in UTC. Of an exception the class and the places in the code are logged, never the message: it may quote what
a customer wrote.
"""

import json
import logging
import logging.config
import sys
import threading
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final

from analytics.errors import SupportAnalyticsError
from analytics.instants import instant_text

_LOGGER: Final = logging.getLogger("support_analytics")


class JsonLines(logging.Formatter):
    """Log records as one line of JSON each: at, level, message, logger, and the record's own ``fields``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), "message": record.getMessage(), "logger": record.name}
        return json.dumps(line | _fields(record), default=str)


class TextLines(logging.Formatter):
    """The same for a person: time, level, message, and the fields as name=value."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC)
        fields = "".join(f"  {name}={value}" for name, value in _fields(record).items())
        line = f"{instant_text(at, UTC, 'seconds')}  {record.levelname.lower():7}  {record.getMessage()}{fields}"
        return line.replace("\n", " ")


def _fields(record: logging.LogRecord) -> dict[str, object]:
    fields: dict[str, object] = dict(getattr(record, "fields", {}))
    if record.exc_info and record.exc_info[1]:
        fields = failure_fields(record.exc_info[1]) | fields
    return fields


def failure_fields(error: BaseException) -> dict[str, object]:
    """Return what may be logged of any error: its class, and where it arose."""
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": type(error).__name__,
        "where": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }


def logging_config(levels: Mapping[str, str]) -> dict[str, Any]:
    """Return the set-up for `logging.config.dictConfig`: to standard output, in text if that is a terminal.

    Args:
        levels: Logger -> the least level that is written; every other logger writes warnings and worse.
    """
    lines = TextLines if sys.stdout.isatty() else JsonLines
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": lines}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "lines"}},
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {"support_analytics": {"level": "INFO"}}
        | {name: {"level": level.upper()} for name, level in levels.items()},
    }


def set_up_logging(levels: Mapping[str, str]) -> None:
    """Write logs, warnings and failures of this process as lines; the levels are as in `logging_config`."""
    logging.config.dictConfig(logging_config(levels))
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_exception
    threading.excepthook = _log_exception_of_thread


def are_logs_for_programs() -> bool:
    """Say whether this process writes its logs as JSON: an error belongs there then, and else on the terminal."""
    return any(isinstance(each.formatter, JsonLines) for each in logging.getLogger().handlers)


def log_failure(error: BaseException) -> None:
    """Write why this process ends; an error that is meant to be read is written in its own words."""
    fields = failure_fields(error)
    if isinstance(error, SupportAnalyticsError):
        fields = {"error": type(error).__name__, "reason": str(error)}
    _LOGGER.critical("ended by an error", extra={"fields": fields})


def _log_exception(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    log_failure(error)


def _log_exception_of_thread(raised: threading.ExceptHookArgs) -> None:
    if raised.exc_value is not None:
        _LOGGER.error("a thread ended by an error", extra={"fields": failure_fields(raised.exc_value)})
