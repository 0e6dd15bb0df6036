"""Reads TOML that a person wrote, however odd it is."""

import re
import tomllib
from typing import Any, Final

_DEEPEST: Final = 64
_PART: Final = r"""(?:(?<![\w-])[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
# The parser takes time by the square of a name's parts.
_ENDLESS_NAME: Final = re.compile(f"(?:{_PART}){{{_DEEPEST}}}")


def toml_table(text: str) -> dict[str, Any]:
    """Return the table of a TOML text.

    Raises:
        ValueError: If it is not TOML; the text of the error says why, as the end of a sentence.
    """
    if _ENDLESS_NAME.search(text):
        message = f"it has a name of more than {_DEEPEST} parts"
        raise ValueError(message)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError as error:
        message = "its brackets are nested too deeply"
        raise ValueError(message) from error
    except ValueError as error:
        message = "it has a number with thousands of digits"
        raise ValueError(message) from error
