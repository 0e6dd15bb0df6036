"""Ids of the Backlog page."""

from typing import Final

FORGOTTEN: Final = "backlog-forgotten"
