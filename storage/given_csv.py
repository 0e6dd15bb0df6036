"""Opens a CSV file that a person named: UTF-8, no cell without end, and whatever is wrong with it in one sentence."""

import contextlib
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO, cast

from storage.given_file import GivenFileError, not_utf8, open_given

_MOST_CHARACTERS: Final = 1_000_000
_MARK_BYTES: Final = 4


@contextlib.contextmanager
def open_csv(path: Path, most_bytes: int) -> Iterator[TextIO]:
    """Yield a file for `csv.reader`, within which errors of reading it become that of a file that was named.

    Args:
        path: What the person named.
        most_bytes: How large it may be.

    Raises:
        GivenFileError: If it cannot be read, is larger than that, is not UTF-8, or has a cell of a million characters.
    """
    csv.field_size_limit(_MOST_CHARACTERS)
    with open_given(path, most_bytes) as file:
        beginning = cast("io.BufferedReader", file).peek(_MARK_BYTES)
        try:
            with io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
                yield text
        except UnicodeDecodeError as error:
            raise GivenFileError(path, not_utf8(beginning), "Save it as UTF-8.") from error
        except csv.Error as error:
            raise GivenFileError(path, _reason(error), "Check its quotes and its delimiter.") from error
        except OSError as error:
            raise GivenFileError(path, (error.strerror or "it broke off").lower()) from error


def _reason(error: csv.Error) -> str:
    """Return why a file is no CSV, as the end of a sentence; nothing of what is in it."""
    is_cell = "field larger" in str(error)
    return f"a cell has more than {_MOST_CHARACTERS:,} characters" if is_cell else "it is not a CSV"
