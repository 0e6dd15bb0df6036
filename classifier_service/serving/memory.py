"""Freed memory goes back to the machine; by itself glibc keeps it, in a heap for each of many threads."""

import ctypes
from typing import Final

_MMAP_THRESHOLD: Final = -3  # as malloc.h numbers them
_ARENA_MAX: Final = -8
_LARGE_BYTES: Final = 256 * 1024
_HEAPS: Final = 2


def keep_little_freed_memory() -> None:
    """Have glibc return large pieces as soon as they are freed; to be called before threads are started."""
    try:
        set_option = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return  # another C library, which returns memory by itself
    set_option(_ARENA_MAX, _HEAPS)
    set_option(_MMAP_THRESHOLD, _LARGE_BYTES)


def give_memory_back() -> None:
    """Ask glibc to return what is free; takes a few milliseconds."""
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError):
        return  # as above
