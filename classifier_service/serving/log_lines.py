"""Log records as one line of JSON each. No part of a ticket is ever logged."""

import json
import logging
import sys
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """Formats log records as JSON; of an exception only its class is logged, never its message."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), "message": record.getMessage(), "logger": record.name}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line | getattr(record, "fields", {}), default=str)


def set_up_logging(level: str) -> None:
    """Send the package's logs to standard output."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("classifier_service").setLevel(level.upper())
    # grpc logs the traceback of a handler's error, whose message may quote a ticket.
    logging.getLogger("grpc").setLevel(logging.CRITICAL)
