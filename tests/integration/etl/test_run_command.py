"""`etl run`, as it is typed."""

from pathlib import Path

import pytest

from tests.integration.conftest import Database
from tests.integration.standalone.commands import Shell


@pytest.mark.parametrize("job", ["refresh_marts", "rebuild_marts", "check_data_quality", "prune_history"])
def test_a_job_tells_a_machine_what_it_did(database: Database, tmp_path: Path, job: str) -> None:
    """Its counts are in the answer, also where it counts by table."""
    url = database.engine.url.render_as_string(hide_password=False)
    told = Shell.at(tmp_path, DATABASE_URL=url).json("etl", "run", job)
    assert (told["job"], told["outcome"], told["error"]) == (job, "succeeded", "")
    assert isinstance(told["result"], dict)
