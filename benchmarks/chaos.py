"""Faults in a whole running product, and whether anything is lost: one line a fault, with its recovery time.

The demo is started in its own directory. While tickets come in, PostgreSQL and the classifier are killed, extra
schedulers are started, and the schema is migrated. After each fault no ticket may be lost or doubled, and the rollups
have to equal a rebuild. The portal has to say in a sentence what is wrong.

Run: python -m benchmarks.chaos --tickets 5000
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.faults import database, processes
from benchmarks.faults.evidence import Finding, await_quiet
from benchmarks.faults.product import Product, running_product, seconds_until
from etl.jobs.registry import JOBS

_WIDTH = 46


def _findings(product: Product) -> Iterator[Finding]:
    # Every job first runs by itself; the faults begin after that.
    jobs = [name for name, job in JOBS.items() if job.schedule]
    ran = "select count(distinct job) from ops.job_runs where finished_at is not null and job = any(:jobs)"
    seconds_until(lambda: product.count(ran, jobs=jobs) == len(jobs), "every job has run once")
    await_quiet(product)
    yield database.under_portal(product)
    yield database.under_watch(product)
    yield processes.classifier_mid_batch(product)
    yield processes.several_schedulers(product)
    yield from database.under_jobs(product)
    yield processes.migration(product)


def main() -> int:
    """Cause every fault and print its findings; return 1 if there was a problem."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--tickets", type=int, default=5_000, help="of the demo")
    broken = 0
    with tempfile.TemporaryDirectory() as name, running_product(Path(name), arguments.parse_args().tickets) as product:
        for finding in _findings(product):
            broken += bool(finding.problems)
            held = "NOT HELD" if finding.problems else "held"
            print(f"{finding.fault:{_WIDTH}} {held:8} {finding.recovery_seconds:6.1f} s  {finding.note}", flush=True)
            for problem in finding.problems:
                print(f"    {problem}", flush=True)
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
