"""Calls a function for many tasks, in several processes if wanted."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, TypeVarTuple

from joblib import Parallel, delayed

_Arguments = TypeVarTuple("_Arguments")
_Answer = TypeVar("_Answer")


def mapped(
    function: Callable[[*_Arguments], _Answer], tasks: Sequence[tuple[*_Arguments]], workers: int
) -> Iterator[_Answer]:
    """Yield a function's results in the order of its tasks, as soon as they are ready.

    Args:
        function: Defined at the top level of a module, so that other processes can import it.
        tasks: The arguments of each call.
        workers: Number of processes; 1 means this process.
    """
    if workers <= 1 or len(tasks) <= 1:
        yield from (function(*task) for task in tasks)
        return
    yield from Parallel(n_jobs=min(workers, len(tasks)), return_as="generator")(
        delayed(function)(*task) for task in tasks
    )
