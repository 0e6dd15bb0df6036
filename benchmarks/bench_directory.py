"""Where benchmarks keep what takes long to make: `SUPPORT_BENCH_DIR`, by default in the account's cache."""

import os
from pathlib import Path


def bench_directory(name: str) -> Path:
    """Return a directory of that name, made if it is not there."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    directory = Path(os.environ.get("SUPPORT_BENCH_DIR") or cache / "support-analytics" / "bench") / name
    directory.mkdir(parents=True, exist_ok=True)
    return directory
