"""How much memory a process holds while something is done to it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

_SECONDS_BETWEEN_LOOKS = 0.02


@dataclass(slots=True)
class MemoryWatch:
    """What was seen of a process and its children.

    Attributes:
        resting: Bytes held before.
        most: The most bytes held.
    """

    resting: int
    most: int

    @property
    def ratio(self) -> float:
        """The most, as a multiple of the resting memory."""
        return self.most / self.resting


@contextmanager
def watched_memory(pid: int) -> Iterator[MemoryWatch]:
    """Look at a process's memory until the context ends."""
    watch = MemoryWatch(memory_of(pid), 0)
    is_over = threading.Event()

    def look() -> None:
        while not is_over.wait(_SECONDS_BETWEEN_LOOKS):
            watch.most = max(watch.most, memory_of(pid))

    looker = threading.Thread(target=look)
    looker.start()
    try:
        yield watch
    finally:
        is_over.set()
        looker.join()


def memory_of(pid: int) -> int:
    """Return the resident bytes of a process and its children."""
    process = psutil.Process(pid)
    return sum(each.memory_info().rss for each in (process, *process.children(recursive=True)))
