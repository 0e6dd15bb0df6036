"""The order in which files of tests run."""

import pytest

from tests.conftest import CHECKOUT
from tests.order import LONGEST, in_order, together


@pytest.mark.parametrize("file", LONGEST)
def test_each_long_file_is_there(file: str) -> None:
    """A file that was moved would silently run late."""
    assert (CHECKOUT / file).is_file()


def test_long_files_come_first_and_short_ones_last() -> None:
    """The browser's files follow one another, and tests of one file stay in their order."""
    unit, browser, other = "tests/unit/test_a.py", "tests/e2e/test_b.py", "tests/integration/test_c.py"
    items = [(unit, 1), (other, 1), (browser, 1), (LONGEST[1], 2), (LONGEST[1], 1), (browser, 2), (LONGEST[0], 1)]
    ordered = in_order(items, lambda item: item[0])
    assert ordered == [
        (browser, 1), (browser, 2), (LONGEST[0], 1), (LONGEST[1], 2), (LONGEST[1], 1), (other, 1), (unit, 1),
    ]  # fmt: skip


def test_one_worker_runs_all_tests_of_the_browser_and_those_of_a_file() -> None:
    assert together("tests/e2e/test_a.py::test_x[1]") == together("tests/e2e/test_b.py::test_y")
    assert together("tests/unit/test_a.py::test_x[a::b]") == "tests/unit/test_a.py"
    assert together("tests/unit/test_a.py::test_x") != together("tests/unit/test_b.py::test_x")
