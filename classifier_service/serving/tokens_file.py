"""The file of callers' tokens, read again whenever it changes."""

import logging
from pathlib import Path
from typing import Final

from analytics.errors import SettingsError
from classifier_service.serving.callers import Callers

_LOGGER: Final = logging.getLogger(__name__)


class TokensFile:
    """The callers that are let in now; while the file is broken, its last good content stays in force."""

    def __init__(self, path: Path | None) -> None:
        """Read the file.

        Args:
            path: None lets everybody in.

        Raises:
            SettingsError: If the file cannot be used.
        """
        self._path = path
        self._changed_at = 0
        self._callers: Callers | None = None
        if path is not None:
            self._callers = Callers.from_file(path)
            self._changed_at = path.stat().st_mtime_ns

    def callers(self) -> Callers | None:
        """Return the callers that are let in; None for everybody."""
        return self._callers

    def refresh(self) -> None:
        """Read the file again if it has changed."""
        if self._path is None:
            return
        try:
            changed_at = self._path.stat().st_mtime_ns
            if changed_at != self._changed_at:
                self._changed_at = changed_at
                self._callers = Callers.from_file(self._path)
        except (OSError, SettingsError) as error:
            _LOGGER.warning("the tokens file cannot be used", extra={"fields": {"error": type(error).__name__}})
