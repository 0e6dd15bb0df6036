"""Tells a row of values from a row of names, because a file without a header would lose its first row."""

import re
from collections.abc import Sequence
from typing import Final

from etl.importing.transforms.column_fit import is_date
from etl.importing.transforms.import_profile import ProfileError
from etl.importing.vocabulary.spelling import column_key
from etl.importing.vocabulary.vocabulary_file import general

_ADDRESS: Final = re.compile(r"[^\s<>()@]+@[^\s<>()@]+\.[^\s<>()@]+$")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?$")
_ADDED: Final = re.compile(r"(?: \(\d+\)|^column \d+)$")
"""What a reader adds to a name that repeats, and the name that it gives to a column without one."""


def refuse_values(names: Sequence[str]) -> None:
    """Refuse a file whose columns seem to have values for names.

    One date or address is enough, because no column is called so; of numbers, such as years above the columns of a
    report, it takes half of the names. Where most of the others are usual names, the row is a header all the same.

    Raises:
        ProfileError: If the names look like values.
    """
    bare = [name for given in names if (name := _ADDED.sub("", given))]
    plain = [name for name in bare if _ADDRESS.match(name) or (not _NUMBER.match(name) and is_date(name))]
    numbers = [name for name in bare if _NUMBER.match(name)]
    known = {key for keys in general().columns.values() for key in keys}
    named = [name for name in bare if name not in plain and column_key(name) in known]
    is_values = bool(plain) or 2 * len(numbers) >= len(bare) > 0
    if is_values and len(named) < 2 * len(plain) + len(numbers):
        message = "The file seems to have no header: its first row holds values."
        raise ProfileError(message, "Add a row of names.")
