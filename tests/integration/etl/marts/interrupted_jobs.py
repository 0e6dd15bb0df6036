"""Jobs that stop at a step one names, and are killed there.

`python -m tests.integration.etl.marts.interrupted_jobs URL` reads a line for each job: its name and a step. It runs the
job in a forked process, as everything is imported by then. A step is a statement that is about to be sent or was just
answered, or a commit that is about to be sent. There the job says "there", and the next line kills it. A job that comes
to its end says "over". The number of steps comes last.
"""

import mmap
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from etl.jobs.registry import JOBS
from etl.running.job import JobContext
from etl.running.runner import run_job
from warehouse.engine import create_engine_for

ZONE = "Africa/Johannesburg"
SESSION = "interrupted job"
_NEVER = 0
_ENDLESS = 10**6


@dataclass(frozen=True, slots=True)
class Jobs:
    """Starts jobs that are killed.

    Attributes:
        process: Forks them.
    """

    process: "subprocess.Popen[str]"

    def steps(self, name: str) -> int:
        """Run a job to its end, and return how many steps it has."""
        self._say(f"{name} {_NEVER}")
        assert self._hear() == "over"
        return int(self._hear())

    @contextmanager
    def stopped(self, name: str, step: int) -> Iterator[None]:
        """Run a job up to a step, and kill it when the block is left."""
        self.start(name, step)
        assert self._hear() == "there"
        yield
        assert self.kill() == step

    def start(self, name: str, step: int = _ENDLESS) -> None:
        """Run a job until it comes to a step, or until it is killed."""
        self._say(f"{name} {step}")

    def kill(self) -> int:
        """Kill the job that runs, and return at which step it was."""
        self._say("kill")
        return int(self._hear())

    def _say(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def _hear(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()


@contextmanager
def interrupted_jobs(url: sa.URL) -> Iterator[Jobs]:
    """Yield what runs jobs on a database and kills them."""
    command = [sys.executable, "-m", __name__, url.render_as_string(hide_password=False)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Jobs(process)


def _run(url: str, name: str, step: int, counter: mmap.mmap) -> None:
    engine = create_engine_for(url, poolclass=sa.NullPool, connect_args={"application_name": SESSION})

    def count(*_: object) -> None:
        counter[:4] = (reached := int.from_bytes(counter[:4], "big") + 1).to_bytes(4, "big")
        if reached == step:
            print("there", flush=True)  # noqa: T201 - this is how it is told
            signal.pause()

    for event in ("before_cursor_execute", "after_cursor_execute", "commit"):
        sa.event.listen(engine, event, count)
    run_job(JOBS[name], JobContext(engine, datetime.now(UTC), ZONE))
    print("over", flush=True)  # noqa: T201 - as above


def _main(url: str) -> None:
    for line in sys.stdin:
        name, step = line.split()
        counter = mmap.mmap(-1, 4)
        job = os.fork()
        if job == 0:
            _run(url, name, int(step), counter)
            os._exit(0)
        if int(step) != _NEVER:
            sys.stdin.readline()
            os.kill(job, signal.SIGKILL)
        os.waitpid(job, 0)
        print(int.from_bytes(counter[:4], "big"), flush=True)  # noqa: T201 - as above


if __name__ == "__main__":
    _main(sys.argv[1])
