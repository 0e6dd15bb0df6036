"""`./run fresh-check`: `./run demo` in minimal Debians made by debootstrap, as root and as an ordinary user.

Needs root, debootstrap and the network. What is committed is tried, with the host's own registry configuration.
"""

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from typing import Final

from tests.fresh_machines.root import FreshRoot, fresh_root

_RELEASES: Final = ("bookworm", "trixie")
_ACCOUNTS: Final = ("root", "user")
_LONGEST_SECONDS: Final = 900
_ASKED_FOR: Final = re.compile(r"ask an administrator for: (apt-get install .+)$", re.MULTILINE)


class NotUpError(Exception):
    """The demo ended, or did not answer in time; the message is what it printed."""


def main() -> int:
    """Try each machine; return 0 if the demo came up on all."""
    parser = argparse.ArgumentParser(prog="./run fresh-check", description=__doc__)
    parser.add_argument("--release", action="append", help="A Debian release; by default bookworm and trixie.")
    parser.add_argument("--account", action="append", choices=_ACCOUNTS, help="By default both.")
    parser.add_argument("--tickets", type=int, default=2_000, help="How many tickets the demo gets.")
    parser.add_argument(
        "--test", nargs="*", metavar="PATH", help="Run ./run test there too, of all tests or of these files."
    )
    options = parser.parse_args()
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        say("fresh-check needs root and debootstrap: apt-get install debootstrap")
        return 2
    failed = False
    for release in options.release or _RELEASES:
        for account in options.account or _ACCOUNTS:
            try:
                with fresh_root(release, is_user=account == "user") as root:
                    failed |= not _try(root, f"{release}, {account}", options.tickets)
                    if options.test is not None:
                        failed |= root.start("./run", "test", *options.test).wait() != 0
            except subprocess.CalledProcessError as error:
                say(f"{release}, {account}: {error}", error.output or "")
                failed = True
    return int(failed)


def _try(root: FreshRoot, name: str, tickets: int) -> bool:
    """Say after how many seconds the demo answered; where a package had to be asked for, install it and try again."""
    started = time.monotonic()
    try:
        try:
            _wait_for_demo(root, tickets)
        except NotUpError as error:
            asked_for = _ASKED_FOR.search(str(error))
            if not root.is_user or not asked_for:
                raise
            say(f"{name}: after {time.monotonic() - started:.0f} s it asked for: {asked_for[1]}")
            root.run("sh", "-c", f"apt-get update -q && {asked_for[1]} -qy --no-install-recommends", as_root=True)
            started = time.monotonic()
            _wait_for_demo(root, tickets)
    except NotUpError as error:
        say(f"{name}: the demo did not come up.", str(error))
        return False
    say(f"{name}: the demo was up after {time.monotonic() - started:.0f} s")
    return True


def _wait_for_demo(root: FreshRoot, tickets: int) -> None:
    """Start the demo, wait until its portal answers, and stop it."""
    port = _free_port()
    with tempfile.TemporaryFile("w+") as output:
        arguments = ("--no-browser", "--tickets", str(tickets), "--port", str(port))
        demo = root.start("./run", "demo", *arguments, output=output.fileno())
        try:
            end = time.monotonic() + _LONGEST_SECONDS
            while not _answers(port):
                if demo.poll() is not None or time.monotonic() > end:
                    output.seek(0)
                    raise NotUpError(output.read())
                time.sleep(0.5)
        finally:
            demo.kill()
            demo.wait()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def say(*lines: str) -> None:
    """Print lines at once."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
