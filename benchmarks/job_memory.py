"""The peak memory and the seconds of each job, on a desk on which no job has run before.

Every job runs as a CronJob runs it: in its own process. The order is that of the scheduler.
Jobs that need the classifier or a model are left out where there is none.

Run: python -m benchmarks.job_memory --tickets 1000000
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.desk import made_desk
from etl.jobs.registry import JOBS

_LEFT_OUT: Final = {
    "classify_tickets": "it waits for the classifier's answers",
    "refresh_marts": "nothing has changed after a rebuild",
}
_CHILD: Final = (
    "import resource, subprocess, sys;"
    "code = subprocess.run([sys.executable, '-P', '-m', 'standalone.cli', 'etl', 'run', sys.argv[1]],"
    " stdout=subprocess.DEVNULL).returncode;"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, code)"
)


def peak_of(job: str, environment: dict[str, str]) -> tuple[float, float, int]:
    """Run a job; return the peak of its largest process in MiB, its seconds and its exit code."""
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", _CHILD, job], env=environment, capture_output=True, text=True, check=True
    )
    kibibytes, code = done.stdout.split()
    return int(kibibytes) / 1024, time.perf_counter() - began, int(code)


def main() -> int:
    """Measure and print; 1 if a job failed."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--tickets", type=int, default=100_000)
    failed = False
    with made_desk(arguments.parse_args().tickets) as engine, tempfile.TemporaryDirectory() as directory:
        url = engine.url.render_as_string(hide_password=False)
        environment = {
            **os.environ,
            "DATABASE_URL": url,
            "SUPPORT_DATA_DIR": directory,
            "PYTHONPATH": str(Path(__file__).parents[1]),
        }
        for name in ("rebuild_marts", *(name for name in JOBS if name != "rebuild_marts")):
            if name in _LEFT_OUT:
                print(f"{name:20} left out: {_LEFT_OUT[name]}")
                continue
            mebibytes, seconds, code = peak_of(name, environment)
            failed |= bool(code)
            print(f"{name:20} {mebibytes:7,.0f} MiB {seconds:8.1f} s{'  FAILED' if code else ''}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
