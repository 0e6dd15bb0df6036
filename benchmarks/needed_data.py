"""Where the public data of a benchmark is, and what to do where it is not."""

import os
import sys
from pathlib import Path
from typing import Final

SHARED: Final = Path(os.environ.get("SUPPORT_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data")
MISSING: Final = 2
"""Exit code of a benchmark whose data is not there."""
_DESCRIBED: Final = {
    "intents/banking77_train.csv": (
        "the training part of BANKING77 (Casanueva and others, 2020), as CSV with the columns text and category"
    ),
    "intents/clinc150_train_val.json": (
        'CLINC150 (Larson and others, 2019), as JSON of parts: {"train": [["text", "label"], ...], "val": ...}'
    ),
    "demand/chicago_l_daily_2001_2013.csv": (
        "daily entries to stations of the Chicago L, from the city's open data, as CSV with the columns unique_id, ds"
        " (the day) and y (the count)"
    ),
}


def needed(path: Path, root: Path = SHARED) -> Path:
    """Return a file that a benchmark reads; where it is missing, say how to get it, and end with exit code 2.

    Args:
        path: The file.
        root: Directory of the public data.
    """
    if path.is_file():
        return path
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
    print(f"This benchmark reads {path}, which is not there.", file=sys.stderr)
    if name in _DESCRIBED:
        print(f"It is {_DESCRIBED[name]}.", file=sys.stderr)
        print("Put it there, or name another directory of such files: SUPPORT_SHARED_DATA=DIRECTORY", file=sys.stderr)
    sys.exit(MISSING)
