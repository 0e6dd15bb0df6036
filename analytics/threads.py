"""One thread a process for the libraries that calculate.

Each of them starts as many threads as the machine has processors, in every process. Threads that wait spin, so that the
processes of a busy machine keep one another from work. The product shares out its work among processes instead.
"""

import os
from collections.abc import MutableMapping
from typing import Final

THREAD_LIMITS: Final = (
    "OMP_NUM_THREADS",  # scikit-learn and whatever else is built on OpenMP
    "OPENBLAS_NUM_THREADS",  # numpy and scipy
    "MKL_NUM_THREADS",  # the same two, built on Intel's library
    "BLIS_NUM_THREADS",  # the same two, built on AMD's library
    "VECLIB_MAXIMUM_THREADS",  # the same two, built on Apple's library
    "NUMEXPR_NUM_THREADS",  # pandas, where numexpr is installed
    "NUMBA_NUM_THREADS",  # statsforecast, where numba is installed
    "STAN_NUM_THREADS",  # the program that prophet starts
)
"""Variables that the libraries read when they are loaded."""


def limit_threads(environment: MutableMapping[str, str] = os.environ) -> None:
    """Ask for one thread, but where somebody has said how many; to be called before numpy is imported.

    Processes that this one starts inherit it.

    Args:
        environment: Of this process.
    """
    for name in THREAD_LIMITS:
        environment.setdefault(name, "1")
