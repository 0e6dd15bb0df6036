"""Runs benchmarks: `./run bench` runs all, `./run bench NAME ...` runs some, `./run bench --list` lists them.

Each benchmark runs in its own process, so that none warms up or slows down another. Options that are unknown here are
passed on to the benchmark, for example `./run bench bookshop_generation --tickets 50000`.
"""

import ast
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from analytics.threads import limit_threads
from benchmarks.needed_data import MISSING

_DIRECTORY: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Result:
    """The output of one benchmark, and its exit code."""

    name: str
    exit_code: int
    seconds: float
    lines: tuple[str, ...]


def summaries() -> dict[str, str]:
    """Return the first sentence of every benchmark, by name: the modules that have a `main`."""
    found = {}
    for path in sorted(_DIRECTORY.glob("[!_]*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in module.body):
            found[path.stem] = (ast.get_docstring(module) or "").partition("\n\n")[0].replace("\n", " ")
    return found


def run_benchmark(name: str, options: Sequence[str], *, is_quiet: bool) -> Result:
    """Run one benchmark to its end, and show its output unless quiet."""
    began = time.monotonic()
    command = [sys.executable, "-m", f"benchmarks.{name}", *options]
    lines = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own modules
        for line in process.stdout or ():
            lines.append(line.rstrip())
            if not is_quiet:
                print(lines[-1], flush=True)
    return Result(name, process.returncode, round(time.monotonic() - began, 1), tuple(lines))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the requested benchmarks; return 1 if one failed, 2 if there is no such benchmark or its data is missing."""
    limit_threads()  # as the product runs
    known = summaries()
    words = list(sys.argv[1:] if arguments is None else arguments)
    flags = {word for word in words if word in {"--list", "--json", "--help"}}
    words = [word for word in words if word not in flags]
    # Names come first; from the first option on everything belongs to the benchmarks.
    names = list(itertools.takewhile(lambda word: not word.startswith("-"), words))
    if flags - {"--json"} or not set(names) <= set(known):
        print(__doc__, *(f"{name:24} {summary}" for name, summary in known.items()), sep="\n")
        return 0 if flags - {"--json"} else 2
    results = []
    for name in names or known:
        if "--json" not in flags:
            print(f"== {name}: {known[name]}", flush=True)
        results.append(run_benchmark(name, words[len(names) :], is_quiet="--json" in flags))
    if "--json" in flags:
        print(json.dumps([asdict(result) for result in results], indent=2))
    codes = {result.exit_code for result in results} - {0}
    return MISSING if codes == {MISSING} else int(bool(codes))


if __name__ == "__main__":
    sys.exit(main())
