"""`./run containers-check [--tickets N] [--only-build]`: builds the images, runs the stack, and checks it.

As root on Debian, with buildah, podman, crun, netavark, aardvark-dns, iptables, catatonit and debootstrap. The stack
runs in a network and a mount namespace of its own, so it touches neither the machine's firewall nor its control groups.
"""

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Final

from tests.containers import images, smoke
from tests.containers.engine import Engine
from tests.containers.stack import Stack

_INSIDE: Final = "--inside"
_NAMESPACE: Final = 'ip link set lo up && umount -R /sys/fs/cgroup && mount -t cgroup2 none /sys/fs/cgroup && exec "$@"'


def main() -> None:
    """Build, then start this program again inside its namespaces."""
    parser = argparse.ArgumentParser(prog="python -m tests.containers", description=__doc__)
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    parser.add_argument("--store", type=Path, default=cache / "support-analytics" / "containers")
    parser.add_argument("--tools", type=Path, required=True, help="Where podman-compose is.")
    parser.add_argument("--tickets", type=int, default=50_000, help="How many tickets the demo gets.")
    parser.add_argument("--only-build", action="store_true")
    parser.add_argument(_INSIDE, action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    engine = Engine(options.store.absolute())
    engine.prepare()
    if options.inside:
        check(Stack(engine, str(options.tools.absolute() / "podman-compose"), options.tickets))
        return
    images.build_all(engine)
    for name, (size, ours) in images.sizes(engine).items():
        say(f"image {name}: {size / 1e6:.0f} MB, {ours / 1e6:.0f} MB above the base")
    if not options.only_build:
        again = ["-m", "tests.containers", "--tools", str(options.tools.absolute()), "--store", str(engine.store)]
        again += ["--tickets", str(options.tickets)]
        engine.run("unshare", "--mount", "--net", "bash", "-c", _NAMESPACE, "bash", sys.executable, *again, _INSIDE)


def check(stack: Stack) -> None:
    """Bring the stack up, look at it, and take it down."""
    began = time.monotonic()
    try:
        stack.down()
        stack.up()
        for service in ("portal", "classifier"):
            stack.await_healthy(service)
        say(f"up after {time.monotonic() - began:.0f} s")
        look(stack)
    finally:
        stack.down()


def look(stack: Stack) -> None:
    """Check what must hold, and print what was measured."""
    engine = smoke.database(stack)
    say(f"pages read without complaint: {' '.join(smoke.check_pages(stack, engine))}")
    smoke.check_confinement(stack)
    say("nobody is root, root file systems are read-only, no installer or compiler, secrets are each one's own")
    say(f"tickets classified by now: {smoke.check_classification(engine)}")
    say(f"a new ticket is in the marts after {smoke.check_new_ticket(engine):.1f} s")
    say(f"a file came in through standard input; again it says: {' '.join(smoke.check_import(stack, engine).split())}")
    for service, held in smoke.memory(stack).items():
        say(f"memory of {service}: {held} MiB")
    failed = []
    for job, (peak, seconds, code) in smoke.job_figures(stack, engine).items():
        say(f"job {job}: peak {peak} MiB, {seconds} s of processor time, exit code {code}")
        failed += [job] if code else []
    for service, (seconds, code) in smoke.stop_seconds(stack).items():
        say(f"{service} stopped in {seconds:.1f} s, exit code {code}")
        failed += [service] if code else []
    engine.dispose()
    assert not failed, failed
    say("containers-check passed")


def say(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
