"""`etl schedule` runs real jobs in processes of their own, and stops when it is asked to."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import sqlalchemy as sa

from tests.integration.conftest import Database
from tests.integration.log_files import log_lines
from tests.integration.standalone.processes import eventually

CHECKOUT = Path(__file__).parents[3]


def _succeeded(database: Database) -> list[str]:
    with database.engine.connect() as connection:
        statement = "select job from ops.job_runs where outcome = 'succeeded' order by id"
        return list(connection.execute(sa.text(statement)).scalars())


def test_jobs_run_once_in_order_and_the_scheduler_stops_at_once(database: Database, tmp_path: Path) -> None:
    """What never ran is run at once, in the order given, once; SIGTERM ends it cleanly; its log has each run."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(CHECKOUT),
        "SUPPORT_DATA_DIR": str(tmp_path),
        "DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
    }
    command = [sys.executable, "-P", "-m", "etl", "schedule", "prune_history", "check_data_quality"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert eventually(lambda: len(_succeeded(database)) >= 2 or process.poll() is not None)
    finally:
        process.send_signal(signal.SIGTERM)
        written = process.communicate(timeout=45)[0]
    assert process.returncode == 0
    assert _succeeded(database) == ["prune_history", "check_data_quality"]
    lines = log_lines(written)
    assert [(line["message"], line.get("job")) for line in lines] == [
        ("started", None),
        ("job succeeded", "prune_history"),
        ("job succeeded", "check_data_quality"),
    ]
