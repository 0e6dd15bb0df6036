"""Child processes that never outlive this one."""

import contextlib
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from warehouse.embedded.operating_system import tie_to


@dataclass(frozen=True, slots=True)
class Account:
    """The operating-system account that a child runs as instead of root."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class ChildProcess:
    """A program to start, and how to start it.

    Attributes:
        argv: Program and arguments.
        environment: The child's whole environment.
        output: An open file that takes stdout and stderr.
        death_signal: Signal that the kernel sends the child when this process dies, even by SIGKILL.
        account: Account that the child runs as; None keeps the present one.
        kept_descriptors: File descriptors that the child inherits.
        directory: Working directory; None keeps the present one.
    """

    argv: Sequence[str]
    environment: Mapping[str, str]
    output: IO[bytes] | int
    death_signal: signal.Signals = signal.SIGTERM
    account: Account | None = None
    kept_descriptors: Sequence[int] = field(default=())
    directory: Path | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """Start the child in its own session, tied to the life of this process.

        The kernel sends the death signal when the *thread* that forked the child ends. So a thread is kept as long as
        the child lives.

        Raises:
            OSError: If the program cannot be executed.
        """
        answer: queue.SimpleQueue[subprocess.Popen[bytes] | BaseException] = queue.SimpleQueue()
        threading.Thread(target=self._keep, args=(answer,), daemon=True).start()
        result = answer.get()
        if isinstance(result, BaseException):
            raise result
        return result

    def _keep(self, answer: "queue.SimpleQueue[subprocess.Popen[bytes] | BaseException]") -> None:
        try:
            process = self._fork()
        except BaseException as error:  # noqa: BLE001 - handed to the waiting thread, which raises it
            answer.put(error)
            return
        answer.put(process)
        process.wait()

    def _fork(self) -> subprocess.Popen[bytes]:
        account = self.account
        return subprocess.Popen(  # noqa: S603 - argv comes from this package, never from outside
            list(self.argv),
            env=dict(self.environment),
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=subprocess.STDOUT,
            pass_fds=tuple(self.kept_descriptors),
            start_new_session=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            # Runs after the account is dropped, which would clear the death signal.
            preexec_fn=tie_to(os.getpid(), self.death_signal),  # noqa: PLW1509 - one prepared C call
        )


def stop_process(process: subprocess.Popen[bytes], signals: Sequence[signal.Signals], grace_seconds: float) -> None:
    """Send each signal in turn until the child ends, then SIGKILL to its whole process group.

    Args:
        process: The child to stop. If it has ended already, only the rest of its process group is killed.
        signals: Signals to send, from the gentlest to the firmest.
        grace_seconds: How long to wait after each signal.
    """
    for number in signals:
        if process.poll() is not None:
            break
        process.send_signal(number)
        try:
            process.wait(grace_seconds)
        except subprocess.TimeoutExpired:
            continue
    # Kill the rest of the child's process group, whose number is that of the child.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
