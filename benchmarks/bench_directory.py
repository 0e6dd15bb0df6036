"""Where benchmarks keep data that takes long to make: `SUPPORT_BENCH_DIR`, by default in the user's cache."""

import os
from pathlib import Path


def bench_directory(name: str) -> Path:
    """Return the directory with a name, which is made if it does not exist."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    directory = Path(os.environ.get("SUPPORT_BENCH_DIR") or cache / "support-analytics" / "bench") / name
    directory.mkdir(parents=True, exist_ok=True)
    return directory
