"""Reads the log of a process as a program that collects logs does."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

NAMES = ["at", "level", "message", "logger"]


def log_lines(text: str | Iterable[str]) -> list[dict[str, Any]]:
    """Return the events of a log, after a look at each line: JSON, with the same four names, the time in UTC.

    Args:
        text: The log, or its lines.
    """
    lines = [json.loads(line) for line in (text.splitlines() if isinstance(text, str) else text)]
    for line in lines:
        assert list(line)[: len(NAMES)] == NAMES, line
        assert datetime.fromisoformat(line["at"]).utcoffset() == timedelta(0)
        assert line["level"] in {"debug", "info", "warning", "error", "critical"}
    return lines
