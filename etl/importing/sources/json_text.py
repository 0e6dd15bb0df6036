"""Reads a JSON text value by value, never holding more of it than one value."""

from json import JSONDecodeError, JSONDecoder
from typing import Any, Final, TextIO

from etl.importing.sources.errors import FileDamagedError, FileTooLargeError

_CHUNK: Final = 64 * 1024
_SPACE: Final = " \t\r\n\ufeff"
_EXPORT_AGAIN: Final = "Export it again; nothing was imported."


class JsonText:
    """A JSON text, read from its start. Numbers come as the text that stands in the file, so no digit changes.

    Attributes:
        line_number: Line of the next character, from 1.
    """

    def __init__(self, text: TextIO, limit: int) -> None:
        """Begin.

        Args:
            text: The text.
            limit: Most characters of one value.
        """
        self._text = text
        self._limit = limit
        self._buffer = ""
        self._place = 0
        self._has_ended = False
        self._decoder = JSONDecoder(parse_float=str, parse_int=str, parse_constant=str, strict=False)
        self.line_number = 1

    def next_sign(self) -> str:
        """Return the next character that is no space, without taking it; "" at the end."""
        while True:
            while self._place < len(self._buffer):
                sign = self._buffer[self._place]
                if sign not in _SPACE:
                    return sign
                self._place += 1
                self.line_number += sign == "\n"
            if not self._fill(_CHUNK):
                return ""

    def take(self, sign: str) -> None:
        """Take one character, which has to be the next.

        Raises:
            FileDamagedError: If another one comes.
        """
        if self.next_sign() != sign:
            raise self._damaged()
        self._place += 1

    def has(self, sign: str) -> bool:
        """Take one character if it is the next, and say whether it was."""
        is_next = self.next_sign() == sign
        self._place += is_next
        return is_next

    def value(self) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Take the next value.

        Raises:
            FileDamagedError: If the text is no JSON there, or nested too deeply.
            FileTooLargeError: If the value is longer than the limit.
        """
        value, end = self._decoded(self._limit)
        if end < 0:
            message = f"One value of the JSON file (line {self.line_number}) is longer than {self._limit} characters."
            raise FileTooLargeError(message, "If it is genuine, raise line_characters in the profile's [limits].")
        self.line_number += self._buffer.count("\n", self._place, end)
        self._place = end
        return value

    def look_ahead(self, most: int) -> tuple[Any, str]:
        """Return the next value, which is not taken, and the character behind it; nothing if it is longer than `most`.

        Raises:
            FileDamagedError: If the text is no JSON there, or nested too deeply.
        """
        value, end = self._decoded(most)
        if end < 0:
            return None, ""
        behind = self._buffer[end:].lstrip(_SPACE)
        while not behind and self._fill(_CHUNK):
            behind = self._buffer[end:].lstrip(_SPACE)
        return value, behind[:1]

    def _decoded(self, most: int) -> tuple[Any, int]:
        """Return the next value and where it ends; None and -1 if it is longer than `most`."""
        self.next_sign()
        self._buffer, self._place = self._buffer[self._place :], 0
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer)
            except JSONDecodeError as error:
                is_cut = error.pos + _CHUNK // 2 > len(self._buffer) or error.msg.startswith("Unterminated string")
                if self._has_ended or not is_cut:
                    raise self._damaged(error.lineno - 1) from error
            except RecursionError as error:
                message = f"The JSON file is nested too deeply (line {self.line_number})."
                raise FileDamagedError(message, _EXPORT_AGAIN) from error
            else:
                # A number at the end of what was read may go on.
                if end < len(self._buffer) or self._has_ended:
                    return value, end
            if len(self._buffer) > most:
                return None, -1
            self._fill(max(_CHUNK, len(self._buffer)))

    def _fill(self, count: int) -> bool:
        """Read on, and return whether there was more."""
        if self._place > _CHUNK:
            self._buffer, self._place = self._buffer[self._place :], 0
        more = self._text.read(count)
        self._has_ended = not more
        self._buffer += more
        return bool(more)

    def _damaged(self, lines_below: int = 0) -> FileDamagedError:
        message = f"The JSON file is cut off or damaged at line {self.line_number + lines_below}."
        return FileDamagedError(message, _EXPORT_AGAIN)
