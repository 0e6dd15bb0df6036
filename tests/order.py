"""In which order tests run, and which of them on one worker. A free worker takes the next tests that nobody has."""

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

# A quarter of a minute or more of processor time each, the longest first. One that came last would run alone.
LONGEST: Final = (
    "tests/integration/portal/topics/test_odd_histories.py",
    "tests/integration/standalone/test_demo.py",
    "tests/integration/classifier_service/training/test_training_cli.py",
    "tests/integration/classifier_service/test_golden_tickets.py",
    "tests/integration/etl/jobs/test_forecast_demand.py",
    "tests/integration/etl/jobs/test_no_prose.py",
    "tests/integration/etl/commands/test_backup_cli.py",
    "tests/integration/classifier_service/serving/test_killed_service.py",
    "tests/integration/standalone/test_archive_cli.py",
    "tests/unit/standalone/bookshop/test_planted_effects.py",
    "tests/integration/warehouse/wal_archive/test_recovering.py",
    "tests/integration/warehouse/metric_query/test_real_complaints.py",
    "tests/integration/standalone/test_deployment.py",
    "tests/integration/classifier_service/serving/test_lifecycle.py",
)
# Those of the browser wait more than they work, so they begin, all on one worker; the short ones fill up the end.
_BROWSER: Final = "tests/e2e/"
_ROOMS: Final = ("tests/integration/", "tests/unit/")

_Item = TypeVar("_Item")


def in_order(items: Iterable[_Item], file_of: Callable[[_Item], str]) -> list[_Item]:
    """Return items by their files: the browser's, then the longest; those of one file stay as they are."""
    return sorted(items, key=lambda item: _rank(file_of(item)))


def together(test: str) -> str:
    """Return what the tests have in common that one worker runs: the file, or the one browser with its portal."""
    return _BROWSER if test.startswith(_BROWSER) else test.partition("::")[0]


def _rank(file: str) -> int:
    if file.startswith(_BROWSER):
        return -1
    if file in LONGEST:
        return LONGEST.index(file)
    return len(LONGEST) + next((place for place, room in enumerate(_ROOMS) if file.startswith(room)), len(_ROOMS))
