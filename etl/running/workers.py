"""Work on many series, on several processors where there are some."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, TypeVarTuple

from joblib import Parallel, delayed

_Arguments = TypeVarTuple("_Arguments")
_Answer = TypeVar("_Answer")


def mapped(
    function: Callable[[*_Arguments], _Answer], tasks: Sequence[tuple[*_Arguments]], workers: int
) -> Iterator[_Answer]:
    """Yield a function's answers in the order of its tasks, each as soon as it and those before it are there.

    Args:
        function: Of a module, so that other processes find it.
        tasks: Its arguments, each time it is called.
        workers: Processes; 1 is this one.
    """
    if workers <= 1 or len(tasks) <= 1:
        yield from (function(*task) for task in tasks)
        return
    yield from Parallel(n_jobs=min(workers, len(tasks)), return_as="generator")(
        delayed(function)(*task) for task in tasks
    )
