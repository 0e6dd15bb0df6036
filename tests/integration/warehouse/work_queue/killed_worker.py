"""A worker of its own process that takes a work up, says so, and goes on until it is killed."""

import sys
import time
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from warehouse.engine import DatabaseRole, create_engine_for
from warehouse.work_queue.artefacts import Artefacts
from warehouse.work_queue.work import Kind
from warehouse.work_queue.worker import HeldWork, Outcome, Worker


def main(url: str, folder: str, seconds: str) -> None:
    """Hold the oldest work for ever."""

    def hold(held: HeldWork) -> Outcome:
        held.say(step="reading", done=3, total=10)
        Path(folder, "taken").touch()
        while True:
            time.sleep(0.1)

    engine = create_engine_for(url, DatabaseRole.ETL_WRITER, poolclass=sa.NullPool)
    lease = timedelta(seconds=float(seconds))
    Worker("jobs", engine, Artefacts(folder), {Kind.REPLAY_QUARANTINE: hold}, lease).run_one()


if __name__ == "__main__":
    main(*sys.argv[1:])
