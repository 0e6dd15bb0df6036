"""Work shared out among processes."""

from threadpoolctl import threadpool_info

from etl.running.workers import mapped


def largest_pool(_number: int) -> int:
    """Return how many threads the largest pool of this process has."""
    import scipy.linalg  # noqa: F401, PLC0415 - numpy's and scipy's own pools

    return max(int(pool["num_threads"]) for pool in threadpool_info())


def test_each_process_calculates_in_one_thread() -> None:
    """As many threads as processors in each of them would stand in one another's way."""
    assert list(mapped(largest_pool, [(1,), (2,)], 2)) == [1, 1]
