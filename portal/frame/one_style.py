"""All style sheets as one short text, written into each document: a request for each would delay the first paint."""

import re
from pathlib import Path
from typing import Final

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE: Final = re.compile(r"\s+")
_NEEDLESS: Final = re.compile(r" ?([{};,>]) ?")


def one_style(folder: Path) -> str:
    """Return the style sheets of a folder in the order of their names, without comments and needless spaces."""
    whole = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.css")))
    return _NEEDLESS.sub(r"\1", _SPACE.sub(" ", _COMMENT.sub("", whole))).strip()
