"""The physical lines of a text, each of limited length; lines that were read can be given back."""

from collections import deque
from collections.abc import Callable, Iterator
from typing import Final, TextIO

from etl.importing.sources.errors import FileDamagedError, FileTooLargeError

_BYTE_ORDER_MARK: Final = "\ufeff"
_FREE_LENGTHS: Final = 10
_MOST_READINGS: Final = 4
_FREE_TIMES: Final = 10_000
_ONE_LINE_IN: Final = 10


class TextLines:
    """The lines of a text.

    Attributes:
        taken: The lines that were read since the reader of records emptied this list.
        has_ended: Whether a line was asked for when there were no more.
    """

    __slots__ = (
        "_back",
        "_is_stray",
        "_limit",
        "_mend",
        "_mended",
        "_number",
        "_read_again",
        "_read_once",
        "_text",
        "_times",
        "has_ended",
        "taken",
    )

    def __init__(self, text: TextIO, limit: int, mend: Callable[[str], str] | None = None) -> None:
        """Begin at the first line.

        Args:
            text: The text, opened with `newline=""`.
            limit: Most characters of a line.
            mend: Returns a line as it should have been written; to do so twice changes nothing.
        """
        self._mend = mend
        self._text = text
        self._limit = limit
        self._back: deque[str] = deque()
        self._number = self._read_once = self._read_again = self._times = 0
        self.taken: list[str] = []
        self.has_ended = False
        self._is_stray: Callable[[str], object] | None = None
        self._mended: Callable[[str], str] = str

    def mend_first(self, is_wrong: Callable[[str], object], mended: Callable[[str], str]) -> None:
        """Say how the first line of a record is mended; to be called before `read`.

        Args:
            is_wrong: Says whether it has to be; asked of every such line, so it has to be quick.
            mended: Returns it as it should have been written.
        """
        self._is_stray, self._mended = is_wrong, mended

    def read(self) -> Iterator[str]:
        """Yield the lines with their ends.

        A byte order mark at the start of a line is left out: files that were put one behind the other have them.

        Raises:
            FileTooLargeError: If a line is longer than the limit.
        """
        readline, limit, taken, back, number = self._text.readline, self._limit, self.taken, self._back, self._number
        mend, is_stray, mended = self._mend, self._is_stray, self._mended
        self.has_ended = False
        while line := back.popleft() if back else readline(limit):
            number += 1
            if len(line) >= limit and line[-1] not in "\r\n":
                message = f"Line {number} is longer than {limit} characters."
                raise FileTooLargeError(message, "If it is genuine, raise line_characters in the profile's [limits].")
            if line[0] == _BYTE_ORDER_MARK:
                line = line[1:] or "\n"
            if mend is not None:
                line = mend(line)
            if is_stray is not None and not taken and is_stray(line):
                line = mended(line)
            taken.append(line)
            yield line
        self.has_ended = True

    def give_back(self, first: int, line_number: int) -> None:
        """Give back the lines that were taken, from a place on; `read` has to be called anew.

        Args:
            first: Place of the first line to give back.
            line_number: Its number in the file.

        Raises:
            FileDamagedError: If so many lines were given back that the file cannot be read in a reasonable time.
        """
        taken = self.taken
        self._read_once += sum(map(len, taken[:first]))
        self._read_again += sum(map(len, taken[first:]))
        self._times += 1
        is_long = self._read_again > self._limit * _FREE_LENGTHS + self._read_once * _MOST_READINGS
        if is_long or (self._times > _FREE_TIMES and self._times * _ONE_LINE_IN > line_number):
            message = (
                f"So many quotes never close that the rows cannot be told apart, the last on line {line_number - 1}."
            )
            raise FileDamagedError(message, "Export the file again with quotes inside cells doubled.")
        self._back.extendleft(reversed(taken[first:]))
        self._number = line_number - 1
        del taken[first:]
