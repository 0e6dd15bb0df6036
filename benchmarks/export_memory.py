"""The peak memory, the seconds and the size of an export of every ticket, in each form.

Each export is written in a process of its own, from the database to a file that nobody keeps. Beside each stands the
peak of a process that does the same with the first thousand tickets: what lies between the two is what tickets cost.

Run: python -m benchmarks.export_memory --tickets 100000
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from benchmarks.desk import made_desk
from etl.marts.refresh import refresh_marts
from table_files.forms import FORMS

_FEW: Final = 1_000
_ZONE: Final = "Africa/Johannesburg"
_CHILD: Final = r"""
import itertools, os, re, sys, time
from pathlib import Path
from datetime import date
import sqlalchemy as sa
from portal.numbers.filters import Days
from portal.topics.tickets.address import read_list
from portal.topics.tickets.files import tickets_table
from portal.topics.tickets.query import all_rows
from table_files.forms import FORMS
kind, most, zone = sys.argv[1], int(sys.argv[2]), sys.argv[3]
began = time.perf_counter()
with sa.create_engine(os.environ["DATABASE_URL"]).connect() as connection:
    listed = read_list("?period=all", Days(date(2000, 1, 1), date(2100, 1, 1)))[0]
    rows = itertools.islice(all_rows(connection, listed), most)
    size = sum(map(len, FORMS[kind].chunks(tickets_table(rows, zone))))
# Of this program alone: the peak that getrusage tells may be that of the process which began it.
kibibytes = int(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1])
print(kibibytes / 1024, time.perf_counter() - began, size / 2**20)
"""


def measured(kind: str, most: int, environment: dict[str, str]) -> tuple[float, float, float]:
    """Write an export; return the peak of its process in MiB, its seconds and the size of the file in MiB.

    Args:
        kind: One of `FORMS`.
        most: Tickets, from the newest on.
        environment: Of the process; names the database.
    """
    command = [sys.executable, "-c", _CHILD, kind, str(most), _ZONE]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    peak, seconds, size = map(float, done.stdout.split())
    return peak, seconds, size


def main() -> int:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--tickets", type=int, default=100_000)
    tickets = arguments.parse_args().tickets
    with made_desk(tickets) as engine:
        with engine.begin() as connection:
            refresh_marts(connection, _ZONE)
        url = engine.url.render_as_string(hide_password=False)
        environment = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(Path(__file__).parents[1])}
        for kind, form in FORMS.items():
            few = measured(kind, _FEW, environment)[0]
            peak, seconds, size = measured(kind, tickets, environment)
            print(
                f"{form.label:6} {tickets:10,} tickets {seconds:7.1f} s {size:8.1f} MiB of file"
                f" {peak:6,.0f} MiB of memory; {_FEW:,} tickets {few:6,.0f} MiB",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
