"""A minimal Debian in a directory, and programs that run in it as in a machine of their own.

Programs get a mount and a process namespace, so that the kernel takes back every mount and process when they end,
however they end. The network is that of the host.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).parents[2]
SHARED_DATA: Final = Path(os.environ.get("SUPPORT_SHARED_DATA", CHECKOUT.parent / "shared" / "data"))
"""Data that tests read; it stands beside a checkout."""
USER: Final = "reader"
_PACKAGES: Final = "git,python3,ca-certificates"
_HOST_FILES: Final = (
    "etc/resolv.conf",
    "etc/hosts",
    "etc/pip.conf",
    "etc/xdg/pip",
    "etc/ssl/certs/ca-certificates.crt",
    "usr/local/share/ca-certificates",
)
"""How this host reaches its registries; what is not there is left out."""
_HOST_FILES_AT_HOME: Final = (".config/pip", ".config/uv", ".pip", ".npmrc")
_HOST_VARIABLES: Final = ("PIP_", "UV_", "NPM_CONFIG_", "SSL_CERT_", "NODE_EXTRA_", "REQUESTS_CA_", "CURL_CA_")


@dataclass(frozen=True, slots=True)
class FreshRoot:
    """A root directory with a checkout in it."""

    directory: Path
    is_user: bool

    @property
    def home(self) -> str:
        """Home of the account, as it is called inside."""
        return f"/home/{USER}" if self.is_user else "/root"

    def start(self, *command: str, as_root: bool = False, output: int | None = None) -> subprocess.Popen[str]:
        """Start a program in the checkout; with it end all that it started."""
        drop = [] if as_root or not self.is_user else ["setpriv", "--reuid", USER, "--regid", USER, "--init-groups"]
        script = 'mount -t tmpfs shm /dev/shm && cd "$1" && shift && exec "$@"'
        namespaces = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--root"]
        inside = ["sh", "-c", script, "sh", f"{self.home}/checkout", *drop, *command]
        return subprocess.Popen(
            [*namespaces, str(self.directory), *inside],
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            text=True,
        )

    def run(self, *command: str, as_root: bool = False) -> None:
        """Run a program to its end, in silence.

        Raises:
            subprocess.CalledProcessError: If it fails.
        """
        with tempfile.TemporaryFile("w+") as output:
            if code := self.start(*command, as_root=as_root, output=output.fileno()).wait():
                output.seek(0)
                raise subprocess.CalledProcessError(code, command, output.read())

    def _environment(self) -> dict[str, str]:
        handed = {name: value for name, value in os.environ.items() if name.startswith(_HOST_VARIABLES)}
        handed |= {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
        return handed | {"HOME": self.home, "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}


@contextmanager
def fresh_root(release: str, *, is_user: bool) -> Iterator[FreshRoot]:
    """Make a root with the last commit of this checkout in it, and remove it afterwards.

    Args:
        release: Name of a Debian release that debootstrap knows.
        is_user: Whether programs run as an ordinary user.
    """
    base = _base(release)
    with tempfile.TemporaryDirectory(prefix=f"fresh-{release}-") as directory:
        Path(directory).chmod(0o755)
        subprocess.run(["/usr/bin/env", "cp", "-a", f"{base}/.", directory], check=True)
        root = FreshRoot(Path(directory), is_user)
        _copy_host_files(root)
        checkout = Path(f"{directory}{root.home}/checkout")
        checkout.mkdir(parents=True)
        root.run("update-ca-certificates", as_root=True)
        if is_user:
            root.run("useradd", "--shell", "/bin/bash", USER, as_root=True)
        subprocess.run(["/usr/bin/env", "git", "clone", "--quiet", "--no-local", CHECKOUT, checkout], check=True)
        _copy(SHARED_DATA, checkout.parent / "shared" / "data")
        if is_user:
            root.run("chown", "--recursive", f"{USER}:", root.home, as_root=True)
        yield root


def _base(release: str) -> Path:
    """Return the cached root of a release; the first time it is made."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "support-analytics" / "fresh-machines"
    base, staging = cache / release, cache / f"{release}.new"
    if not base.exists():
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        # Its mounts are in a namespace of their own too: nothing is left mounted when it fails.
        make = ["debootstrap", "--variant=minbase", f"--include={_PACKAGES}", release, str(staging)]
        subprocess.run(["/usr/bin/env", "unshare", "--mount", *make], check=True, stdout=subprocess.DEVNULL)
        staging.rename(base)
    return base


def _copy_host_files(root: FreshRoot) -> None:
    for name in _HOST_FILES:
        _copy(Path("/") / name, root.directory / name)
    for name in _HOST_FILES_AT_HOME:
        _copy(Path.home() / name, Path(f"{root.directory}{root.home}") / name)
    for path in Path("/etc/apt/apt.conf.d").glob("*"):
        lines = [
            line for line in path.read_text(encoding="utf-8").splitlines() if re.fullmatch(r"Acquire::.*;\s*", line)
        ]
        (root.directory / "etc/apt/apt.conf.d" / path.name).write_text("\n".join([*lines, ""]), encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.exists():
        shutil.copyfile(source, target)
